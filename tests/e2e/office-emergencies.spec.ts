import { expect } from '@playwright/test'
import { type Centre, startCentre } from '../helpers/centre.ts'
import { createDeskFolders, type Desk, openDesk } from '../helpers/desk.ts'
import { asAdministrator } from '../helpers/known-pcs.ts'
import { type Line, openLine } from '../helpers/line.ts'
import { lookAt } from '../helpers/look-at.ts'
import { faultsOf } from '../helpers/looks.ts'
import { ADMINISTRATOR, test as base, COLLEAGUE, HER, receiveDistrict } from '../helpers/office.ts'
import { GATE_SCENES, RESCUE_SCENES } from '../helpers/office-scenes.ts'
import {
  attachPaper,
  caseRow,
  caseRows,
  correctPhone,
  openCase,
  search,
  showDocuments,
  signInFirstTime,
  syncWords
} from '../helpers/screens.ts'

const SOON = { timeout: 40_000 }
const PHONE = '01033339999'
const PAPER = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(300 * 1024, 7)])
const LOST_PC = '세곡동-찾아가는복지상담-03'

/** A centre of its own: its gate is shut here. */
const test = base.extend<object, { ownCentre: Centre }>({
  ownCentre: [
    async ({ playwright: _playwright }, use) => {
      const centre = await startCentre({ cases: 60 })
      await use(centre)
      await centre.remove()
    },
    { scope: 'worker', timeout: 120_000 }
  ]
})
test.setTimeout(300_000)

/** A desk that has received its district, on a line of its own. */
async function openOn(line: Line, dataDir: string, name: string): Promise<Desk> {
  const desk = await openDesk({ dataDir, serverUrl: line.url, name })
  await receiveDistrict(desk, HER)
  return desk
}

test('the unsent work of a PC whose use was stopped waits for the administrator, and stands in the cases when she has released it', async ({
  office,
  ownCentre
}) => {
  const { revoke } = await asAdministrator(ownCentre.url, ADMINISTRATOR)
  const folders = createDeskFolders()
  const line = await openLine(ownCentre.url)
  const lost = await openOn(line, folders.make(), LOST_PC)
  try {
    const name = (await caseRows(lost.page).locator('.case-table__applicantName').nth(3).textContent()) ?? ''
    line.cut()
    await openCase(lost.page, name)
    await correctPhone(lost.page, PHONE)
    await showDocuments(lost.page)
    await attachPaper(lost.page, { name: '가족관계.pdf', buffer: PAPER })
    await expect(lost.page.locator('[data-document-state]')).toHaveAttribute('data-document-state', 'waiting', SOON)
    await revoke(LOST_PC)
    line.mend()
    await expect(lost.page.locator('[data-session="shut_out"]')).toBeVisible(SOON)
    await expect(lost.page.getByText('보내지 못한 작업 1건과 문서 1건을 봉인하여 센터로 보냈습니다')).toBeVisible(SOON)

    const hers = await office.newPc({ serverUrl: ownCentre.url })
    const { page } = hers
    await signInFirstTime(page, ADMINISTRATOR)
    await lookAt(hers, RESCUE_SCENES)
    for (const { show } of RESCUE_SCENES) await show(page)
    await page.getByRole('dialog').getByRole('button', { name: '보류 풀기' }).click()
    // Its changes and its documents go in together.
    const rows = page.locator('.record-table__row').filter({ hasText: LOST_PC })
    await expect(rows).toContainText(['풀어 반영함', '풀어 반영함'], SOON)

    const colleague = await office.newPc({ serverUrl: ownCentre.url })
    await receiveDistrict(colleague, COLLEAGUE)
    await search(colleague.page, PHONE)
    await expect(caseRow(colleague.page, name)).toHaveCount(1, SOON)
    await openCase(colleague.page, name)
    await showDocuments(colleague.page)
    await expect(colleague.page.locator('[data-document-state]')).toContainText('가족관계증명서', SOON)
  } finally {
    await lost.close()
    await line.close()
    folders.remove()
  }
})

test('a shut gate tells how far it is; people work on; the administrator opens it with a reason', async ({
  office,
  ownCentre
}) => {
  const { enrolKnownPcs } = await asAdministrator(ownCentre.url, ADMINISTRATOR)
  await enrolKnownPcs(HER)
  const desk = await office.newPc({ serverUrl: ownCentre.url })
  await receiveDistrict(desk, COLLEAGUE)
  await ownCentre.operate('restore', 'begin', '--reason', '저장장치 고장으로 전날 백업으로 되돌림')
  await expect(syncWords(desk.page)).toContainText('센터 복구 중', SOON)
  expect.soft(await faultsOf(desk.page), 'desk of a centre that is being restored').toEqual([])

  const hers = await office.newPc({ serverUrl: ownCentre.url })
  const { page } = hers
  await signInFirstTime(page, ADMINISTRATOR)
  await page.keyboard.press('Alt+6')
  await expect(page.locator('.gate-progress')).toContainText('1대가 돌려주었습니다', SOON)
  await lookAt(hers, GATE_SCENES)
  for (const { show } of GATE_SCENES) await show(page)
  await page.getByRole('dialog').getByRole('textbox').fill('나머지 PC는 교체되어 창고에 있음')
  await page.getByRole('dialog').getByRole('button', { name: '그래도 열기' }).click()
  await expect(page.getByText('모두 돌려주기 전에 연 사유: 나머지 PC는 교체되어 창고에 있음')).toBeVisible(SOON)
  await expect(syncWords(desk.page)).toContainText('최신', SOON)
})
