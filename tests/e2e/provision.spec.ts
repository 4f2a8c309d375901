import { expect, type Page } from '@playwright/test'
import { readXlsx } from 'hucre/xlsx'
import type { Desk } from '../helpers/desk.ts'
import { attachPicture, lookAt } from '../helpers/look-at.ts'
import { faultsOf } from '../helpers/looks.ts'
import { HER, PASSWORD, test } from '../helpers/office.ts'
import { PROVISION_SCENES } from '../helpers/provision-scenes.ts'
import { dialogOf, numberProvision, previewProvision, saveProvision } from '../helpers/provision-steps.ts'
import { ALL_SENT, goToScreen, syncWords } from '../helpers/screens.ts'

test.setTimeout(240_000)

const OFFICER = { login: 'gangnam.privacy', password: PASSWORD }
const SUPERVISOR = { login: 'gangnam.team', password: PASSWORD }
const SOON = { timeout: 60_000 }
const pane = (page: Page) => page.getByRole('complementary', { name: '고른 제공 건' })
const preview = (page: Page): Promise<number> => previewProvision(page, 'BGF리테일')

async function give(desk: Desk, name: string) {
  const secret = await numberProvision(desk.page)
  await attachPicture(desk.page, `password of ${name}`)
  expect.soft(await faultsOf(desk.page), 'password').toEqual([])
  return { bytes: await saveProvision(desk, name), secret }
}

test('an officer gives a shop who agreed; one withdraws, and the letters are recorded until the deletion is proven', async ({
  office
}) => {
  const officer = await office.workingPc(OFFICER)
  const { page } = officer
  await goToScreen(page, '제3자 제공')
  await expect(page.getByText('제공한 것이 없습니다')).toBeVisible()
  expect.soft(await faultsOf(page), 'empty').toEqual([])
  await attachPicture(page, 'nothing given')

  const selected = await preview(page)
  expect(selected).toBeGreaterThan(1)
  await page.keyboard.press('Control+Enter')
  await expect(dialogOf(page).getByText('문서 번호를 적으세요.')).toBeVisible()
  expect.soft(await faultsOf(page), 'giving').toEqual([])
  await attachPicture(page, 'before it is given')
  const { bytes, secret } = await give(officer, 'given.xlsx')
  const { sheets } = await readXlsx(new Uint8Array(bytes), { password: secret })
  expect(sheets[0]?.rows[0]).toEqual(['번호', '신청자정보 이름', '신청자정보 휴대폰번호'])
  expect(sheets[0]?.rows.length).toBe(selected + 1)
  const [, [, givenName] = []] = sheets[0]?.rows ?? []
  expect(bytes.includes(Buffer.from(String(givenName)))).toBe(false)
  await expect(pane(page)).toContainText('보유 중')
  await expect(pane(page)).toContainText('가족정책과-1204')

  const { page: hers } = await office.workingPc(HER)
  await goToScreen(hers, '제3자 제공')
  await expect(hers.getByRole('button', { name: '새 제공' })).toHaveCount(0)
  const line = hers.getByRole('table', { name: '제공 대장' }).getByRole('row').nth(1)
  await expect(line).toContainText('제공함', SOON)
  await line.getByRole('button').click()
  await hers.getByRole('tab', { name: /^동의/ }).click()
  const card = hers.locator('.case-tab .card').filter({ hasText: 'BGF리테일' })
  await expect(hers.locator('.provisions-card__line').first()).toContainText('BGF리테일')
  expect.soft(await faultsOf(hers), 'consents of a case that was given').toEqual([])
  await card.first().getByRole('button', { name: '동의 철회' }).click()
  await dialogOf(hers).getByRole('radio', { name: '전화', exact: true }).check()
  await dialogOf(hers).getByRole('textbox', { name: '사유' }).fill('전화로 요청')
  await hers.keyboard.press('Control+Enter')
  await expect(dialogOf(hers)).toBeHidden()
  await expect(syncWords(hers)).toHaveText(ALL_SENT, SOON)

  await expect(pane(page).getByText('1명이 동의를 철회했습니다')).toBeVisible(SOON)
  await attachPicture(page, 'one withdrew')
  await page.keyboard.press('Alt+1')
  await expect(page.locator('.stat').filter({ hasText: '파기 요청할 사람' })).toContainText('1', SOON)
  await attachPicture(page, 'today')
  await goToScreen(page, '제3자 제공')
  await pane(page).getByRole('button', { name: '파기 요청 기록' }).click()
  await dialogOf(page).getByRole('textbox', { name: '문서 번호' }).fill('가족정책과-1301')
  expect.soft(await faultsOf(page), 'asking').toEqual([])
  await page.keyboard.press('Control+Enter')
  await expect(dialogOf(page)).toBeHidden()
  await expect(pane(page).getByText('파기를 요청한 1명의 확인을 기다립니다.')).toBeVisible(SOON)
  await lookAt(officer, PROVISION_SCENES)

  await goToScreen(page, '제3자 제공')
  await pane(page).getByRole('button', { name: '파기 확인 기록' }).click()
  await dialogOf(page).getByRole('radio', { name: '요청한 1명만' }).check()
  await dialogOf(page).getByRole('textbox', { name: '문서 번호' }).fill('BGF-77')
  await page.keyboard.press('Control+Enter')
  await expect(pane(page).getByText('파기 확인 (BGF-77)')).toBeVisible(SOON)
  await pane(page).getByRole('button', { name: '우리 파일 파기' }).click()
  await dialogOf(page).getByRole('button', { name: '지웠습니다' }).click()
  await expect(pane(page).getByRole('button', { name: '우리 파일 파기' })).toHaveCount(0, SOON)

  expect(await preview(page)).toBe(selected - 1)
  await give(officer, 'again.xlsx')
  await expect(page.locator('tr[data-record]')).toHaveCount(2)
})

test('without a line nothing is given, and a supervisor reads the ledger', async ({ office }) => {
  const officer = await office.workingPc(OFFICER)
  await goToScreen(officer.page, '제3자 제공')
  await preview(officer.page)
  officer.line.cut()
  await dialogOf(officer.page).getByRole('textbox', { name: '용도' }).fill('11월 할인쿠폰 발행')
  await dialogOf(officer.page).getByRole('textbox', { name: '근거 문서' }).fill('가족정책과-1204')
  await officer.page.keyboard.press('Control+Enter')
  await expect(dialogOf(officer.page).locator('.banner').last()).toContainText('센터', SOON)
  await expect(dialogOf(officer.page).locator('.provision-password')).toHaveCount(0)
  await attachPicture(officer.page, 'without a line')

  const { page } = await office.workingPc(SUPERVISOR)
  await goToScreen(page, '제3자 제공')
  await expect(page.locator('tr[data-record]').first()).toBeVisible(SOON)
  await expect(pane(page).locator('[data-way]')).toHaveCount(0)
  await expect(page.getByRole('button', { name: '새 제공' })).toHaveCount(0)
})
