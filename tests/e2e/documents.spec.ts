import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { faultsOf } from '../helpers/looks.ts'
import { COLLEAGUE, HER, test } from '../helpers/office.ts'
import { saveAt } from '../helpers/save-dialog.ts'
import { attachPaper as attach, caseRows, goToScreen, openCase, showDocuments, unlock } from '../helpers/screens.ts'

const SOON = { timeout: 30_000 }
const PIECES = 3
/** A PDF as far as anybody looks; large enough to travel in pieces. */
const FILE = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(PIECES * 256 * 1024, 7)])

const rows = (page: Page) => page.locator('[data-document-state]')

async function firstName(page: Page): Promise<string> {
  const names = await caseRows(page).locator('.case-table__applicantName').allTextContents()
  return names.find((name) => names.filter((other) => other === name).length === 1) ?? ''
}

async function openDocuments(page: Page, name: string): Promise<void> {
  await goToScreen(page, '사례 목록')
  await openCase(page, name)
  await showDocuments(page)
}

test('a paper attached without a line survives a power cut, goes up by itself, and is fetched and saved elsewhere', async ({
  office
}) => {
  const her = await office.workingPc(HER)
  const colleague = await office.workingPc(COLLEAGUE)
  const name = await firstName(her.page)
  her.line.cut()
  await openDocuments(her.page, name)
  await expect(her.page.getByText('붙인 문서가 없습니다')).toBeVisible()

  await attach(her.page, { name: '홍길동 사진.pdf', buffer: Buffer.from('MZ not a paper') })
  await expect(her.page.getByText('PDF, JPEG, PNG, HWP, HWPX 파일만 붙일 수 있습니다')).toBeVisible()
  expect.soft(await faultsOf(her.page), 'a file that is not taken').toEqual([])
  await her.page.keyboard.press('Escape')
  await attach(her.page, { name: '홍길동 가족관계.pdf', buffer: FILE })
  await expect(rows(her.page)).toHaveAttribute('data-document-state', 'waiting', SOON)
  await expect(rows(her.page)).toContainText('가족관계증명서')
  expect.soft(await faultsOf(her.page), 'a document that waits').toEqual([])
  await goToScreen(her.page, '보낼편지함')
  await expect(her.page.locator('[data-status="waiting"] tbody tr')).toContainText('문서 붙임')
  await her.page.locator('[data-status="waiting"] tbody tr').click()
  await her.page.locator('.outbox-details').getByText('가족관계증명서').waitFor()
  await her.kill()

  her.line.mend()
  const again = await office.startAgain(her)
  await unlock(again.page, HER)
  await openDocuments(again.page, name)
  await expect(rows(again.page)).toHaveAttribute('data-document-state', 'here', SOON)

  const { page } = colleague
  await openDocuments(page, name)
  await expect(rows(page)).toHaveAttribute('data-document-state', 'away', SOON)
  await expect(rows(page)).toContainText('받지 않은 문서')
  await page.getByRole('button', { name: '가족관계증명서 받기' }).click()
  await expect(rows(page)).toHaveAttribute('data-document-state', 'here', SOON)
  expect.soft(await faultsOf(page), 'a document that is here').toEqual([])

  const saved = join(colleague.dataDir, 'saved.pdf')
  await saveAt(colleague, saved)
  await page.getByRole('button', { name: '가족관계증명서 파일로 저장' }).click()
  await page.getByRole('dialog').getByRole('textbox').fill('결재 첨부')
  expect.soft(await faultsOf(page), 'the purpose of saving').toEqual([])
  await page.getByRole('dialog').getByRole('button', { name: '파일로 저장' }).click()
  await expect(page.getByText('파일로 저장했습니다')).toBeVisible(SOON)
  expect(readFileSync(saved).equals(FILE)).toBe(true)

  await page.getByRole('button', { name: '가족관계증명서 빼기' }).click()
  await page.getByRole('dialog').getByRole('textbox').fill('다른 신청인의 서류')
  await page.getByRole('dialog').getByRole('button', { name: '빼기' }).click()
  await expect(rows(page)).toHaveCount(0, SOON)
  await expect(rows(again.page)).toHaveCount(0, SOON)
})
