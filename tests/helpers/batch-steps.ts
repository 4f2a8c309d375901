import { expect, type Locator, type Page } from '@playwright/test'

/** What people do in 보유기간·파기, in the words that they read there. */

const SOON = { timeout: 40_000 }

export const batchItems = (page: Page): Locator => page.locator('.destruction .record-table__row')
export const batchState = (page: Page): Locator => page.locator('.screen__head .pill').first()
export const batchStamp = (page: Page, post: string): Locator => page.locator(`.batch-progress [data-post="${post}"]`)

/** Opens the batch that stands so, as soon as it does. */
export async function openBatch(page: Page, standing: string): Promise<void> {
  await page.keyboard.press('Alt+8')
  const row = page.locator('.record-table__row').filter({ hasText: standing })
  await expect(async () => {
    await page.keyboard.press('F5')
    await expect(row.first()).toBeVisible({ timeout: 2_000 })
  }).toPass(SOON)
  await row.first().click()
  await page.keyboard.press('Enter')
  await expect(batchState(page)).toHaveText(standing)
  await expect(batchItems(page).first()).toBeVisible()
  await expect(page.getByRole('navigation', { name: '목록 쪽' })).toBeInViewport({ ratio: 1 })
}

/** A batch of everything that is due by the day, with its list; `day`: eight digits. */
export async function planBatch(page: Page, { day, note }: { day: string; note: string }): Promise<void> {
  await page.keyboard.press('Alt+8')
  await page.locator('.status-bar').getByText('파기 계획').waitFor() // the screen listens to its keys
  await page.keyboard.press('n')
  const plan = page.getByRole('dialog', { name: '파기 계획' })
  await plan.getByRole('textbox', { name: '도래 기준일' }).fill(day)
  await plan.getByRole('textbox', { name: '계획 사유' }).fill(note)
  await page.keyboard.press('Enter')
  await expect(batchState(page)).toHaveText('계획·선정')
  await expect(page.getByText('목록이 비어 있습니다')).toBeVisible()
  await page.keyboard.press('F9')
  await page.getByRole('dialog', { name: '대상 선정' }).getByRole('button', { name: '담기' }).click()
  await expect(batchItems(page).first()).toContainText('보유기간 경과', SOON)
}

export async function submitBatch(page: Page): Promise<void> {
  await openBatch(page, '계획·선정')
  await page.keyboard.press('F9')
  await page.getByRole('dialog').getByRole('button', { name: '검토 올림' }).click()
  await expect(batchState(page)).toHaveText('검토')
}

/** On an opened batch. */
export async function excludeFirst(page: Page, reason: string): Promise<void> {
  await page.keyboard.press('x')
  await page.keyboard.type(reason)
  await page.keyboard.press('Enter')
  await expect(batchItems(page).nth(0)).toContainText('제외')
}

export async function finishReview(page: Page, note: string): Promise<void> {
  await page.keyboard.press('F9')
  await page.keyboard.type(note)
  await page.keyboard.press('Enter')
  await expect(batchState(page)).toHaveText('검토 마침')
}

/** On an opened batch whose review is over. Afterwards nothing lets the author approve it herself. */
export async function requestApproval(page: Page, witness: string): Promise<void> {
  await page.keyboard.press('F9')
  const request = page.getByRole('dialog', { name: '승인 요청' })
  await request.getByRole('combobox', { name: '입회자' }).selectOption({ label: witness })
  await request.getByRole('button', { name: '승인 요청' }).click()
  await expect(batchState(page)).toHaveText('승인 요청')
  await expect(page.getByRole('button', { name: /^승인/ })).toHaveCount(0)
  await page.keyboard.press('F9')
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

/** On an opened batch: signs the very list. */
export async function approve(page: Page, password: string): Promise<void> {
  await page.keyboard.press('F9')
  const approval = page.getByRole('dialog', { name: '파기 승인' })
  await approval.getByLabel('비밀번호', { exact: false }).first().fill(password)
  await page.keyboard.press('Enter')
  await expect(approval).toBeHidden(SOON)
  await expect(batchState(page)).toHaveText('승인·유예')
}
