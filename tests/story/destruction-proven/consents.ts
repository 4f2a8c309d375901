import { expect, type Page } from '@playwright/test'
import { readXlsx } from 'hucre/xlsx'
import { dialogOf, numberProvision, previewProvision, saveProvision } from '../../helpers/provision-steps.ts'
import {
  ALL_SENT,
  type Credentials,
  caseRow,
  caseRows,
  goToScreen,
  search,
  signInFirstTime,
  submitApplication,
  syncWords,
  typeApplication
} from '../../helpers/screens.ts'
import { WITH_YOUNG_CHILD } from '../applications.ts'
import { COLLEAGUE, changePerson, HER, OFFICER, SOON, type Stage, type StoryStep, whileOn } from './stage.ts'

const EMAIL = 'haram@example.kr'

export const CONSENT_STEPS: readonly StoryStep[] = [
  { name: 'Two PCs of the district receive their cases', run: receiveDistrict },
  { name: 'A mother refuses the coupon, and agrees for her child to something else', run: takeIn },
  { name: 'Later she withdraws one of her answers: what rested on it is closed', run: withdraw },
  { name: 'The privacy officer gives a shop who agreed to the coupon: the file goes out without her', run: provide }
]

async function receiveDistrict(stage: Stage): Promise<Page> {
  await whileOn(stage, ({ page }) => receive(page, COLLEAGUE))
  await receive(stage.office.page, HER)
  return stage.office.page
}

async function receive(page: Page, who: Credentials): Promise<void> {
  await signInFirstTime(page, who)
  await goToScreen(page, '사례 목록')
  await expect(caseRows(page).first()).toBeVisible(SOON)
  await expect(syncWords(page)).toHaveText(ALL_SENT, SOON)
}

async function takeIn({ office: { page } }: Stage): Promise<Page> {
  const { account: _, ...application } = WITH_YOUNG_CHILD
  await typeApplication(page, { ...application, service: 'meal_coupon' })
  await submitApplication(page)
  await typeApplication(page, { ...application, service: 'childcare_private' })
  await agree(page, 'collect.email')
  await page.locator('[data-field="applicant.email"] input').fill(EMAIL)
  await agree(page, 'provide.privateChildcareProvider')
  await page.locator('[data-field="guardianCheck"] select').selectOption('phone_call')
  await submitApplication(page)
  return page
}

const agree = (page: Page, consentId: string): Promise<void> =>
  page.locator(`[data-consent="${consentId}"]`).getByRole('radio', { name: '동의함' }).check()

async function withdraw({ office: { page } }: Stage): Promise<Page> {
  const { name } = WITH_YOUNG_CHILD.applicant
  await search(page, name)
  await caseRow(page, name).filter({ hasText: '아이돌봄비(민간)' }).first().dblclick()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await page.getByRole('tab', { name: /^동의/ }).click()
  const email = page.locator('.case-tab .card').filter({ hasText: '이메일' })
  await email.getByRole('button', { name: '동의 철회' }).click()
  await dialogOf(page).getByRole('radio', { name: '전화', exact: true }).check()
  await dialogOf(page).getByRole('textbox', { name: '사유' }).fill('전화로 요청')
  await page.keyboard.press('Control+Enter')
  await expect(email.locator('.pill')).toHaveText('철회함')
  await page.getByRole('tab', { name: /^신청정보/ }).click()
  await expect(page.getByText('동의 철회로 보이지 않음')).toBeVisible()
  await expect(page.getByText(EMAIL)).toHaveCount(0)
  await expect(syncWords(page)).toHaveText(ALL_SENT, SOON)
  return page
}

async function provide(stage: Stage): Promise<Page> {
  const { page } = stage.office
  await changePerson(page, OFFICER)
  await goToScreen(page, '제3자 제공')
  await expect(page.getByRole('heading', { level: 1, name: '제3자 제공' })).toBeVisible()
  const selected = await previewProvision(page, 'BGF리테일')
  const password = await numberProvision(page)
  const bytes = await saveProvision(stage.office, 'given.xlsx')
  const { sheets } = await readXlsx(new Uint8Array(bytes), { password })
  const names = (sheets[0]?.rows ?? []).map((row) => row[1])
  expect(names.length).toBe(selected + 1)
  expect(names).not.toContain(WITH_YOUNG_CHILD.applicant.name)
  return page
}
