import { expect, type Page } from '@playwright/test'
import { ACCESS_LOG_SCENES } from '../helpers/access-log-scenes.ts'
import { attachPicture, lookAt } from '../helpers/look-at.ts'
import { faultsOf } from '../helpers/looks.ts'
import { HER, PASSWORD, test } from '../helpers/office.ts'
import { caseRows } from '../helpers/screens.ts'

test.setTimeout(180_000)

const SUPERVISOR = { login: 'gangnam.team', password: PASSWORD }
const SOON = { timeout: 40_000 }

const lines = (page: Page) => page.locator('.record-table__row')

test('a supervisor sees who looked at whose data and why, follows one case, and is seen looking', async ({
  office
}) => {
  const her = await office.workingPc(HER)
  const applicationNo = (await caseRows(her.page).nth(3).locator('.case-table__applicationNo').textContent()) ?? ''
  await caseRows(her.page).nth(3).dblclick()
  await expect(her.page.locator('.case-head')).toContainText(applicationNo)
  await her.page.keyboard.press('F5')
  await expect(her.page.getByRole('navigation', { name: '주 메뉴' })).not.toContainText('접속기록')

  const lead = await office.workingPc(SUPERVISOR)
  const { page, line } = lead
  await page.keyboard.press('Alt+9')
  const look = lines(page).filter({ hasText: '김가온' }).filter({ hasText: applicationNo })
  await expect(async () => {
    await page.keyboard.press('F5')
    await expect(look.first()).toBeVisible({ timeout: 2_000 })
  }).toPass(SOON)
  await look.first().click()
  await expect(page.getByRole('complementary', { name: '고른 기록' })).toContainText(applicationNo)
  await expect(page.locator('main')).not.toContainText('주민등록번호 ')
  await page.keyboard.press('F4')
  await expect(page.getByRole('button', { name: '사례 조건 빼기' })).toBeVisible()
  await expect(lines(page).filter({ hasText: '로그인' })).toHaveCount(0)
  await page.getByRole('button', { name: '사례 조건 빼기' }).click()

  // Whoever looks at the log stands in it herself, with the next exchange.
  await page.keyboard.press('Alt+1')
  await page.keyboard.press('F5')
  await page.keyboard.press('Alt+9')
  await expect(async () => {
    await page.keyboard.press('F5')
    await expect(lines(page).filter({ hasText: '정다솜' }).filter({ hasText: '접속기록 조회' }).first()).toBeVisible({
      timeout: 2_000
    })
  }).toPass(SOON)
  await lookAt(lead, ACCESS_LOG_SCENES)

  line.cut()
  await page.keyboard.press('Alt+1')
  await page.keyboard.press('Alt+9')
  await expect(page.getByText('센터에 연결되지 않습니다').first()).toBeVisible(SOON)
  expect.soft(await faultsOf(page), 'out of reach').toEqual([])
  await attachPicture(page, 'access log out of reach')
  line.mend()
})
