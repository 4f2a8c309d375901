import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import type { Desk } from './desk.ts'
import { saveAt } from './save-dialog.ts'

/** What an officer does in 제3자 제공, in the words that she reads there. */

const SOON = { timeout: 60_000 }

export const dialogOf = (page: Page) => page.locator('dialog[open]')

/** Opens the dialog and chooses the recipient; how many would be given. */
export async function previewProvision(page: Page, recipient: string): Promise<number> {
  await expect(page.getByRole('button', { name: '새 제공' })).toBeVisible() // the screen listens to its keys
  await page.keyboard.press('n')
  await dialogOf(page).getByLabel('제공받는 자').selectOption(recipient)
  const count = dialogOf(page)
    .locator('dd, .fact')
    .filter({ hasText: /^\d+명$/ })
    .first()
  await expect(count).toBeVisible(SOON)
  return Number.parseInt(((await count.textContent()) ?? '').trim(), 10)
}

/** In the dialog with its preview: until the password is shown, which opens the file. */
export async function numberProvision(page: Page): Promise<string> {
  await dialogOf(page).getByRole('textbox', { name: '용도' }).fill('11월 할인쿠폰 발행')
  await dialogOf(page).getByRole('textbox', { name: '근거 문서' }).fill('가족정책과-1204')
  await page.keyboard.press('Control+Enter')
  const password = dialogOf(page).locator('.provision-password')
  await expect(password).toHaveText(/^([A-Z2-9]{4}-){4}[A-Z2-9]{4}$/, SOON)
  return (await password.textContent()) ?? ''
}

/** With the password shown: the file that goes out. */
export async function saveProvision(desk: Desk, name: string): Promise<Buffer> {
  const { page } = desk
  const path = join(desk.dataDir, name)
  await saveAt(desk, path)
  await dialogOf(page).getByRole('button', { name: '파일 저장' }).click()
  await expect(dialogOf(page).getByText('우리 파일을 지우고')).toBeVisible(SOON)
  await dialogOf(page).getByRole('button', { name: '닫기' }).last().click()
  return readFileSync(path)
}
