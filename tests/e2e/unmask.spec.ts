import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import { expect } from '@playwright/test'
import type { AccessEvent } from '#shared/domain/access-log/access-event.ts'
import { HER, test } from '../helpers/office.ts'
import { caseRows, unlock } from '../helpers/screens.ts'

/** The access log of a closed desk; fails when its chain does not hold. Read by a Node of its own. */
function accessLogOf(dataDir: string): AccessEvent[] {
  const reader = resolve(import.meta.dirname, '../helpers/read-access-log.ts')
  const text = execFileSync(process.execPath, [reader, dataDir, HER.login, HER.password], { encoding: 'utf8' })
  return JSON.parse(text) as AccessEvent[]
}

test('a masked number is shown for a reason only, hides again, and the log holds who saw it and why', async ({
  office
}) => {
  const desk = await office.lockedPc()
  const { page } = desk
  await unlock(page, HER)
  await caseRows(page).nth(2).dblclick()
  const value = page.locator('.masked-value').first()
  await expect(value).toContainText('*')
  const masked = await value.textContent()
  await page.getByRole('button', { name: '보기(사유)' }).first().click()
  const dialog = page.getByRole('dialog')
  await page.keyboard.press('Enter')
  await expect(dialog.getByText('사유를 두 글자 이상 적으세요.')).toBeVisible()
  await expect(value).toHaveText(masked ?? '')
  await dialog.getByRole('textbox').fill('본인 확인 전화')
  await page.keyboard.press('Enter')
  await expect(value).toHaveText(/^\d{6}-?\d{7}$/)
  const clear = (await value.textContent()) ?? ''
  await page.getByRole('button', { name: '가리기' }).click()
  await expect(value).toHaveText(masked ?? '')
  await page.getByRole('tab', { name: /^이력/ }).click()
  await expect(page.getByRole('row', { name: /마스킹 해제.*신청자 주민등록번호/ })).toBeVisible()
  await desk.close()

  const log = accessLogOf(desk.dataDir)
  const unmaskings = log.filter(({ act }) => act === 'unmask')
  expect(unmaskings).toEqual([expect.objectContaining({ reason: '본인 확인 전화', caseIds: [expect.any(String)] })])
  expect(JSON.stringify(unmaskings)).toContain('applicant.registrationNo')
  expect(JSON.stringify(log)).not.toContain(clear.slice(-7))
})
