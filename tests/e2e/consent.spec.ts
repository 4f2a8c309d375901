import { expect, type Page } from '@playwright/test'
import { CONSENT_SCENES } from '../helpers/consent-scenes.ts'
import { attachPicture, lookAt } from '../helpers/look-at.ts'
import { faultsOf } from '../helpers/looks.ts'
import { COLLEAGUE, HER, PASSWORD, test } from '../helpers/office.ts'
import { caseRow, goToScreen, submitApplication, syncWords, typeApplication } from '../helpers/screens.ts'
import { WITH_YOUNG_CHILD } from '../story/applications.ts'

test.setTimeout(180_000)

const OFFICER = { login: 'gangnam.privacy', password: PASSWORD }
const SOON = { timeout: 40_000 }
const EMAIL = 'haram@example.kr'
const { name } = WITH_YOUNG_CHILD.applicant

const showConsents = (page: Page): Promise<void> => page.getByRole('tab', { name: /^동의/ }).click()
const card = (page: Page, title: string) => page.locator('.case-tab .card').filter({ hasText: title })

test('a guardian consents for her child and withdraws an answer of her own: every PC closes what rested on it', async ({
  office
}) => {
  const { page } = await office.workingPc(HER)
  const { account: _, ...application } = WITH_YOUNG_CHILD
  await typeApplication(page, { ...application, service: 'childcare_private' })
  const consent = (id: string) => page.locator(`[data-consent="${id}"]`)
  await consent('collect.email').getByRole('radio', { name: '동의함' }).check()
  await page.locator('[data-field="applicant.email"] input').fill(EMAIL)
  await consent('provide.privateChildcareProvider').getByRole('radio', { name: '동의함' }).check()
  await page.keyboard.press('Control+Enter')
  await expect(page.locator('[data-field="guardianCheck"] [aria-invalid="true"]')).toBeVisible()
  await page.locator('[data-field="guardianCheck"] select').selectOption('phone_call')
  expect.soft(await faultsOf(page), 'intake').toEqual([])
  await attachPicture(page, 'intake of a child')
  await submitApplication(page)

  const officer = await office.workingPc(OFFICER)
  await goToScreen(officer.page, '동의 현황')
  const waiting = officer.page.getByRole('table', { name: '법정대리인 확인 대기' }).getByRole('row').nth(1)
  await expect(waiting).toContainText('제3자 제공: 민간돌봄 서비스업체', SOON)
  const recipients = officer.page.getByRole('table', { name: '제3자 제공 대상' }).getByRole('row')
  await expect(recipients).toHaveCount(4)
  await expect(recipients.filter({ hasText: '민간돌봄 서비스업체' })).toContainText('협약 종료 까지')
  await expect(recipients.filter({ hasText: '오아시스마켓' })).toContainText('지원 중 아님')
  await lookAt(officer, CONSENT_SCENES)
  await goToScreen(officer.page, '동의 현황')
  await waiting.getByRole('button', { name: '사례 열기' }).click()
  await expect(officer.page.getByText(EMAIL)).toBeVisible()

  await goToScreen(page, '사례 목록')
  await caseRow(page, name).filter({ hasText: '아이돌봄비(민간)' }).first().dblclick() // others took her in as well
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await showConsents(page)
  await expect(card(page, '민간돌봄').locator('.pill')).toContainText('법정대리인 확인 대기')
  await card(page, '민간돌봄').getByRole('button', { name: '동의 받기' }).click()
  const dialog = page.getByRole('dialog')
  await page.keyboard.press('Control+Enter')
  await expect(dialog.getByText('동의하는지 고르세요.')).toBeVisible()
  await dialog.getByRole('radio', { name: '동의함' }).check()
  await dialog.getByRole('radio', { name: '서면 서명' }).check()
  await dialog.getByLabel('법정대리인 확인 방법').selectOption('written_signed')
  await dialog.getByRole('checkbox').check()
  await dialog.getByRole('textbox', { name: '증빙' }).fill('동의서 2026-11-7')
  expect.soft(await faultsOf(page), 'recording').toEqual([])
  await attachPicture(page, 'consent being recorded')
  await page.keyboard.press('Control+Enter')
  await expect(dialog).toBeHidden()
  await expect(card(page, '민간돌봄').locator('.pill')).toHaveText('동의함')
  await card(page, '민간돌봄').locator('summary').first().click()
  await expect(card(page, '민간돌봄').getByText('위 글과 일치').first()).toBeVisible()

  await card(page, '이메일').getByRole('button', { name: '동의 철회' }).click()
  await attachPicture(page, 'withdrawing')
  await expect(dialog.getByText('파기 대상이 됩니다: 전자우편')).toBeVisible()
  await dialog.getByRole('radio', { name: '전화', exact: true }).check()
  await dialog.getByRole('textbox', { name: '사유' }).fill('전화로 요청')
  await page.keyboard.press('Control+Enter')
  await expect(dialog).toBeHidden()
  await expect(card(page, '이메일').locator('.pill')).toHaveText('철회함')
  expect.soft(await faultsOf(page), 'withdrawn').toEqual([])
  await attachPicture(page, 'withdrawn')
  await page.getByRole('tab', { name: /^신청정보/ }).click()
  await expect(page.getByText('동의 철회로 보이지 않음')).toBeVisible()

  await expect(async () => {
    await officer.page.keyboard.press('F5')
    await expect(officer.page.getByText('동의 철회로 보이지 않음')).toBeVisible({ timeout: 2_000 })
  }).toPass(SOON)
  await expect(officer.page.getByText(EMAIL)).toHaveCount(0)
  await goToScreen(officer.page, '동의 현황')
  await expect(officer.page.getByText('봉인되어 있는 사례 1건')).toBeVisible()
  await expect(officer.page.getByText('확인을 기다리는 동의가 없습니다')).toBeVisible()
})

test('a caseworker has no way to the overview of the consents', async ({ office }) => {
  const { page } = await office.workingPc(COLLEAGUE)
  await expect(syncWords(page)).toBeVisible()
  await expect(page.getByRole('navigation', { name: '주 메뉴' })).not.toContainText('동의 현황')
})
