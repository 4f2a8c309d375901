import { cpSync } from 'node:fs'
import { expect } from '@playwright/test'
import { createDeskFolders, openDesk } from '../helpers/desk.ts'
import { faultsOf, faultsWhenLarge, zoomTo } from '../helpers/looks.ts'
import { COLLEAGUE, HER, test } from '../helpers/office.ts'
import {
  ALL_SENT,
  caseRow,
  caseRows,
  correctPhone,
  goToScreen,
  openCase,
  search,
  signInFirstTime,
  syncWords,
  unlock,
  workAndSend
} from '../helpers/screens.ts'

const SOON = { timeout: 40_000 }
const PHONE = '01077778888'

test('a PC with copied files stops, says so and what waits for whom, and begins anew with what was not sent', async ({
  office
}) => {
  const folders = createDeskFolders()
  const first = await office.workingPc(HER)
  const names = await caseRows(first.page).locator('.case-table__applicantName').allTextContents()
  const single = names.filter((name) => names.filter((other) => other === name).length === 1)
  const [sentByFirst, onCopy] = [single[8] ?? '', single[9] ?? '']
  await first.close()
  const copiedDir = folders.make()
  cpSync(first.dataDir, copiedDir, { recursive: true, filter: (path) => !path.includes('Singleton') })

  const original = { ...(await office.startAgain(first)), line: first.line }
  await unlock(original.page, HER)
  await workAndSend(original, 1, async () => {
    await openCase(original.page, sentByFirst)
    await correctPhone(original.page, '01055557777')
  })

  const copy = await openDesk({ dataDir: copiedDir, serverUrl: office.centre.url })
  const { page } = copy
  try {
    await unlock(page, HER)
    await expect(syncWords(page)).toContainText('이 PC의 저장 파일이 예전 것이거나 복사된 것입니다', SOON)
    await openCase(page, onCopy)
    await correctPhone(page, PHONE)
    await syncWords(page).click()
    await expect(page.getByText('보내기를 멈추었습니다. 위의 안내를 따르세요.')).toBeVisible()
    await expect(page.getByRole('button', { name: '지금 보내기' })).toHaveCount(0) // it would change nothing
    expect.soft(await faultsOf(page), 'copied store').toEqual([])
    await zoomTo(page, 200)
    expect.soft(await faultsWhenLarge(page), 'copied store, 200 %').toEqual([])
    await zoomTo(page, 100)
    await page.getByRole('button', { name: '센터에서 다시 받기' }).click()
    await expect(page.getByRole('dialog')).toContainText('보내지 못한 작업 1건')
    expect.soft(await faultsOf(page), 'beginning anew').toEqual([])
    await page.getByRole('dialog').getByRole('button', { name: '다시 받기' }).click()
    await expect(page.locator('[data-session="first_run"]')).toBeVisible(SOON)
    await signInFirstTime(page, HER)
    await expect(syncWords(page)).toHaveText(ALL_SENT, SOON)
    const colleague = await office.workingPc(COLLEAGUE)
    await search(colleague.page, PHONE)
    await expect(caseRow(colleague.page, onCopy)).toHaveCount(1, SOON)
    await goToScreen(page, '보낼편지함')
    await expect(page.getByText('보낼 것이 없습니다')).toBeVisible(SOON)
  } finally {
    await copy.close()
    folders.remove()
  }
})
