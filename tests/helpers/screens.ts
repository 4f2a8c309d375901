import { expect, type Locator, type Page } from '@playwright/test'
import ko from '#resources/locales/ko/domain.json' with { type: 'json' }
import intake from '#resources/locales/ko/intake.json' with { type: 'json' }
import type { TypedApplication } from '../story/applications.ts'
import type { Line } from './line.ts'

/** What a person does on the screens, in the words that she reads there. */

export interface Credentials {
  readonly login: string
  readonly password: string
}

export async function signInFirstTime(page: Page, credentials: Credentials): Promise<void> {
  await typeCredentials(page, credentials)
  await expectUnlocked(page)
}

async function typeCredentials(page: Page, { login, password }: Credentials): Promise<void> {
  await page.getByRole('textbox', { name: '아이디' }).fill(login)
  await page.locator('input[type=password]').fill(password)
  await page.getByRole('button', { name: '로그인', exact: true }).click()
}

/** The first sign-in on a PC that the centre does not know: it asks for the administrator's code. */
export async function signInWithCode(
  page: Page,
  { login, password, code }: Credentials & { code: string }
): Promise<void> {
  await typeCredentials(page, { login, password })
  await fillAndEnter(page.locator('input[name=enrolmentCode]'), code)
  await expectUnlocked(page)
}

export async function unlock(page: Page, { login, password }: Credentials): Promise<void> {
  await page.locator(`[data-login="${login}"]`).click()
  await fillAndEnter(page.locator('input[type=password]'), password)
  await expectUnlocked(page)
}

/** On a locked PC where she has not worked yet. */
export async function signInAsAnother(page: Page, credentials: Credentials): Promise<void> {
  await page.getByRole('button', { name: '다른 계정' }).click()
  await signInFirstTime(page, credentials)
}

/** Enter goes to the field that was filled, wherever the focus is by then. */
export async function fillAndEnter(field: Locator, text: string): Promise<void> {
  await field.fill(text)
  await field.press('Enter')
}

const expectUnlocked = (page: Page): Promise<void> =>
  expect(page.getByRole('navigation', { name: '주 메뉴' })).toBeVisible({ timeout: 30_000 })

/** The line to the centre, as the top bar tells it. */
export const syncWords = (page: Page): Locator => page.locator('.sync')

/** Of the line: up to date, and nothing waits; a conflict may. */
export const ALL_SENT = /^(최신|확인 필요: 정리할 충돌)(?!.*보낼 것)/
const IN_GOOD_TIME = { timeout: 20_000 }

/**
 * Everything that is done at the PC has reached the centre when this is over. The line is cut meanwhile: without that,
 * "nothing waits" may be read off the screen before the change stands there as waiting.
 */
export async function workAndSend(
  { page, line }: { page: Page; line: Line },
  amount: number,
  work: () => Promise<void>
): Promise<void> {
  line.cut()
  await work()
  await expect(syncWords(page)).toContainText(`보낼 것 ${amount}건`, IN_GOOD_TIME)
  line.mend()
  await page.keyboard.press('F5')
  await expect(syncWords(page)).toHaveText(ALL_SENT, IN_GOOD_TIME)
}

export async function goToScreen(page: Page, name: string): Promise<void> {
  await page
    .getByRole('navigation', { name: '주 메뉴' })
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .click()
}

export const caseRows = (page: Page): Locator => page.locator('tr.case-table__row')

export const caseRow = (page: Page, applicantName: string): Locator =>
  caseRows(page).filter({ has: page.locator('.case-table__applicantName', { hasText: applicantName }) })

/** Searches from anywhere by Ctrl+K. */
export async function search(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('searchbox').fill(text)
}

export async function openCase(page: Page, applicantName: string): Promise<void> {
  await caseRow(page, applicantName).first().dblclick()
  await expect(page.getByRole('heading', { level: 1, name: applicantName })).toBeVisible()
}

const field = (page: Page, path: string): Locator =>
  page.locator(`[data-field="${path}"]`).locator('input, select').first()

const section = (page: Page, name: string): Locator => page.locator(`[data-section="${name}"]`)

const typeInto = async (page: Page, path: string, text: string): Promise<void> => field(page, path).fill(text)

/** Opens the intake by F2 and types an application up to the button. */
export async function typeApplication(page: Page, application: TypedApplication): Promise<void> {
  await page.keyboard.press('F2')
  await expect(section(page, 'applicant')).toBeVisible()
  await field(page, 'service').selectOption(application.service)
  await field(page, 'dongCode').selectOption(application.dongCode)
  const { name, registrationNo, phone, postcode, road, building, detail } = application.applicant
  await typeInto(page, 'applicant.name', name)
  await typeInto(page, 'applicant.registrationNo', registrationNo)
  await typeInto(page, 'applicant.phone', phone)
  await typeInto(page, 'applicant.postcode', postcode)
  await typeInto(page, 'applicant.road', road)
  await typeInto(page, 'applicant.building', building)
  await typeInto(page, 'applicant.detail', detail)
  if (application.child) await typeChild(page, application.child)
  if (application.helper) await typeHelper(page, application.helper)
  if (application.account) await typeAccount(page, application.account)
  await answerConsents(page)
}

const personField = (row: Locator, name: string): Locator =>
  row.locator(`[data-field$=".${name}"]`).locator('input, select').first()

async function addPerson(page: Page, list: 'children' | 'helpers'): Promise<Locator> {
  await section(page, list).getByRole('button', { name: intake.people.add[list] }).click()
  return section(page, list).locator('.people__row').last()
}

async function typeChild(page: Page, child: NonNullable<TypedApplication['child']>): Promise<void> {
  const row = await addPerson(page, 'children')
  await personField(row, 'name').fill(child.name)
  await personField(row, 'registrationNo').fill(child.registrationNo)
}

async function typeHelper(page: Page, helper: NonNullable<TypedApplication['helper']>): Promise<void> {
  const row = await addPerson(page, 'helpers')
  await personField(row, 'name').fill(helper.name)
  await personField(row, 'registrationNo').fill(helper.registrationNo)
  await personField(row, 'phone').fill(helper.phone)
  await personField(row, 'relation').selectOption(helper.relation)
}

async function typeAccount(page: Page, account: NonNullable<TypedApplication['account']>): Promise<void> {
  const bank = field(page, 'applicant.bankCode')
  await bank.pressSequentially(account.bank)
  await expect(page.getByRole('option')).toHaveCount(1) // the list has followed what was typed
  await bank.press('ArrowDown')
  await bank.press('Enter')
  await expect(bank).toHaveValue(new RegExp(account.bank))
  await typeInto(page, 'applicant.accountNumber', account.number)
  await field(page, 'applicant.accountNumber').blur()
}

/** Every consent that is asked gets a plain no: refusing blocks nothing. */
async function answerConsents(page: Page): Promise<void> {
  await field(page, 'consentMethod').selectOption('written')
  for (const group of await section(page, 'consents').getByRole('radiogroup').all()) {
    await group.getByRole('radio', { name: intake.consent.no }).check()
  }
}

export async function submitApplication(page: Page): Promise<void> {
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('heading', { name: intake.result.title })).toBeVisible()
}

/** Changes the applicant's phone on the opened case. */
export async function correctPhone(page: Page, phone: string): Promise<void> {
  await page.locator('.status-bar').getByText('신청자 고치기').waitFor() // the screen listens to its keys
  await page.keyboard.press('e')
  const box = page.getByRole('textbox', { name: ko.field.applicant.phone }).first()
  await box.fill(phone)
  await page.keyboard.press('Control+Enter')
  await expect(box).toBeHidden()
}

export const showDocuments = (page: Page): Promise<void> => page.getByRole('tab', { name: /^문서/ }).click()

/** In a case whose documents are shown. */
export async function attachPaper(page: Page, file: { name: string; buffer: Buffer }): Promise<void> {
  await page.keyboard.press('d')
  const dialog = page.getByRole('dialog')
  await dialog.locator('input[type=file]').setInputFiles({ ...file, mimeType: 'application/octet-stream' })
  await dialog.getByLabel('서류명').selectOption('family_register')
  await dialog.getByRole('button', { name: '붙이기', exact: true }).click()
}
