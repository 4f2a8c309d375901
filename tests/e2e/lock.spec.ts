import { expect, type Page } from '@playwright/test'
import { faultsOf } from '../helpers/looks.ts'
import { HER, test } from '../helpers/office.ts'
import { caseRows, fillAndEnter, goToScreen, unlock } from '../helpers/screens.ts'

const lockAfterAMinute = async (page: Page): Promise<void> => {
  await goToScreen(page, '설정')
  await page.getByLabel('쓰지 않으면 잠그기').selectOption('1')
}
const warning = (page: Page) => page.getByRole('dialog', { name: '곧 화면을 잠급니다' })
const secondsLeft = async (page: Page): Promise<number> =>
  Number.parseInt((await warning(page).getByRole('timer').textContent()) ?? '', 10)

test('a desk that nobody touches warns, counts down and locks, unless she says that she is there', async ({
  office
}) => {
  const [left, stayed] = [await office.lockedPc(), await office.lockedPc()]
  for (const { page } of [left, stayed]) {
    await unlock(page, HER)
    await lockAfterAMinute(page)
  }
  await left.page.keyboard.press('F2')
  await left.page.locator('[data-field="applicant.name"] input').fill('배나래')

  await expect(warning(stayed.page)).toBeVisible({ timeout: 45_000 })
  const first = await secondsLeft(stayed.page)
  expect(first).toBeGreaterThan(5)
  expect(first).toBeLessThanOrEqual(30)
  await expect.poll(() => secondsLeft(stayed.page)).toBeLessThan(first)
  expect.soft(await faultsOf(stayed.page), 'warning before the lock').toEqual([])
  await stayed.page.keyboard.press('Enter')
  await expect(warning(stayed.page)).toHaveCount(0)

  await expect(left.page.getByRole('heading', { name: '쓰지 않아 잠갔습니다' })).toBeVisible({ timeout: 60_000 })
  await expect(left.page.getByText('배나래')).toHaveCount(0)
  await expect(stayed.page.getByRole('navigation', { name: '주 메뉴' })).toBeVisible()
  await unlock(left.page, HER)
  await left.page.keyboard.press('F2')
  await expect(left.page.locator('[data-field="applicant.name"] input')).toHaveValue('배나래')
})

test('a message about what was done goes with the lock: it may hold a name', async ({ office }) => {
  const { page } = await office.lockedPc()
  await unlock(page, HER)
  await caseRows(page).first().waitFor()
  await page.keyboard.press('F8')
  await page.getByRole('dialog').getByRole('textbox').fill('점검 자료')
  await page.keyboard.press('Enter')
  await expect(page.locator('.toast')).toBeVisible()
  await page.keyboard.press('Control+l')
  await expect(page.locator('[data-session="locked"]')).toBeVisible()
  expect(await page.locator('.toast').count()).toBe(0)
})

test('five wrong passwords lock the account until the centre lets it in again', async ({ office }) => {
  const desk = await office.lockedPc()
  const { page } = desk
  await page.locator(`[data-login="${HER.login}"]`).click()
  const password = page.locator('input[type=password]')
  for (const left of [4, 3, 2, 1]) {
    await password.fill(`wrong-${left}`)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('alert')).toContainText(`앞으로 ${left}번 더 틀리면 계정이 잠깁니다`)
    await expect(password).toHaveValue('')
    await expect(password).toBeFocused()
  }
  await password.fill('wrong-0')
  await page.keyboard.press('Enter')
  await expect(page.getByText('비밀번호를 5번 틀려 계정이 잠겼습니다')).toBeVisible()
  await expect(password).toHaveCount(0)
  expect.soft(await faultsOf(page), 'locked account').toEqual([])

  await desk.close()
  const { page: again } = await office.startAgain(desk) // a restart gives no attempt back
  await again.locator(`[data-login="${HER.login}"]`).click()
  await expect(again.getByText('비밀번호를 5번 틀려 계정이 잠겼습니다')).toBeVisible()
  await again.getByRole('button', { name: '온라인으로 로그인', exact: true }).click()
  await fillAndEnter(again.locator('input[type=password]'), HER.password)
  await expect(again.getByRole('navigation', { name: '주 메뉴' })).toBeVisible({ timeout: 20_000 })
  await again.keyboard.press('Control+l')
  await unlock(again, HER)
})
