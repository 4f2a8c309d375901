import { expect } from '@playwright/test'
import { HER, test } from '../helpers/office.ts'
import { goToScreen, unlock } from '../helpers/screens.ts'

test('language and contrast change at once, keep what is on the way, and stay after a restart', async ({ office }) => {
  const desk = await office.lockedPc()
  const { page } = desk
  const html = page.locator('html')
  await unlock(page, HER)
  await page.keyboard.press('F2')
  await page.locator('[data-field="applicant.name"] input').fill('배나래')
  await goToScreen(page, '설정')
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const before = await paper()
  await page.getByText('고대비', { exact: true }).click()
  await expect(html).toHaveAttribute('data-contrast', 'high')
  expect(await paper()).not.toBe(before)
  await page.getByText('English', { exact: true }).click()
  await expect(html).toHaveAttribute('lang', 'en')
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  await page.keyboard.press('F2')
  await expect(page.locator('[data-field="applicant.name"] input')).toHaveValue('배나래')
  await expect(page.locator('[data-draft="saved"]')).toBeVisible()
  await desk.close()

  const { page: again } = await office.startAgain(desk)
  await expect(again.locator('html')).toHaveAttribute('lang', 'en')
  await expect(again.locator('html')).toHaveAttribute('data-contrast', 'high')
  await again.getByRole('button', { name: '한국어' }).click()
  await expect(again.locator('html')).toHaveAttribute('lang', 'ko')
  await unlock(again, HER)
})
