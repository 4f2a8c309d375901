import { expect } from '@playwright/test'
import { attachPicture, lookAt } from '../helpers/look-at.ts'
import { faultsOf } from '../helpers/looks.ts'
import { HER, PASSWORD, test } from '../helpers/office.ts'
import { OVERSEER_SCENES } from '../helpers/overseer-scenes.ts'
import { caseRows, unlock } from '../helpers/screens.ts'

const SOON = { timeout: 40_000 }

test('a case says why it is still held, and a hold that somebody places by key keeps it until she releases it', async ({
  office
}) => {
  const { page } = await office.lockedPc()
  await unlock(page, HER)
  await caseRows(page).nth(2).dblclick()
  await page.getByRole('button', { name: '보유 모두 보기' }).click()
  const parts = page.getByRole('table', { name: '왜 보유 중인가' })
  await expect(parts.getByRole('row').nth(1)).toContainText(/보유 중|분리 보관/)
  await expect(page.getByText('걸린 보류가 없습니다')).toBeVisible()

  await page.keyboard.press('h')
  const dialog = page.getByRole('dialog', { name: '보류 걸기' })
  await page.keyboard.press('Control+Enter')
  await expect(dialog.getByText('보류 종류를 고르세요.')).toBeVisible()
  await dialog.getByRole('radio', { name: '감사·조사' }).press('Space')
  await dialog.getByRole('textbox', { name: '근거 법령·명령' }).fill('2026년 자체감사 계획')
  await dialog.getByRole('textbox', { name: '사유' }).fill('표본으로 뽑힘')
  await dialog.getByRole('textbox', { name: '사유' }).press('Control+Enter')
  await expect(dialog).toBeHidden()
  await expect(page.getByText('2026년 자체감사 계획')).toBeVisible()
  for (const row of await parts.getByRole('row').filter({ hasText: '보유 중' }).all()) {
    await expect(row).toContainText('정할 수 없음')
  }

  await page.getByRole('button', { name: '보류 풀기' }).click()
  const release = page.getByRole('dialog', { name: '보존 보류 풀기' })
  await release.getByRole('textbox').fill('감사가 끝남')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/풂:.*감사가 끝남/)).toBeVisible()
  await page.getByRole('tab', { name: /^이력/ }).click()
  await expect(page.getByRole('row', { name: /보류 해제.*감사·조사 · 감사가 끝남/ })).toBeVisible()
})

test('the supervisor begins her day with what is overdue and what becomes due, and a PC without a line says so', async ({
  office
}) => {
  test.setTimeout(180_000)
  await office.centre.operate('retention', 'run', '--district', '11680')
  const lead = await office.workingPc({ login: 'gangnam.team', password: PASSWORD })
  const { page, line } = lead
  await page.keyboard.press('Alt+1')
  await expect(page.getByText('앞으로 12개월 안에 파기 대상이 되는 사례가 없습니다')).toBeVisible(SOON)
  await expect(page.locator('.stat', { hasText: '파기 지연' })).toBeVisible()
  await page.locator('.stat', { hasText: '파기 지연' }).click()
  await page.getByRole('tab', { name: '보유기간 달력' }).click()
  await expect(page.getByText('앞으로 24개월 안에 파기 대상이 되는 사례가 없습니다')).toBeVisible(SOON)
  const { cases } = JSON.parse(await office.centre.operate('retention', 'status', '--district', '11680'))
  await expect(page.locator('.figure', { hasText: '전체 사례' })).toContainText(String(cases))
  await lookAt(lead, OVERSEER_SCENES)
  line.cut()
  await page.keyboard.press('Alt+0')
  await page.keyboard.press('Alt+1')
  await expect(page.getByText('센터에 연결되지 않습니다').first()).toBeVisible(SOON)
  expect.soft(await faultsOf(page), 'out of reach').toEqual([])
  await attachPicture(page, 'today of an overseer out of reach')
  line.mend()
})
