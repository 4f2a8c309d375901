import { expect, type Page } from '@playwright/test'
import { composeKorean, type Desk } from '../helpers/desk.ts'
import { faultsOf } from '../helpers/looks.ts'
import { COLLEAGUE, HER, type Office, test } from '../helpers/office.ts'
import {
  ALL_SENT,
  caseRow,
  caseRows,
  correctPhone,
  fillAndEnter,
  goToScreen,
  openCase,
  search,
  submitApplication,
  syncWords,
  typeApplication,
  unlock,
  workAndSend
} from '../helpers/screens.ts'
import { OF_FOREIGN_RESIDENT, WITH_HELPER } from '../story/applications.ts'

const SOON = { timeout: 20_000 }

const field = (page: Page, path: string) => page.locator(`[data-field="${path}"]`).locator('input, select').first()

test('a power cut in the middle of typing an intake costs nothing that was typed', async ({ office }) => {
  const desk = await office.lockedPc()
  await unlock(desk.page, HER)
  await desk.page.keyboard.press('F2')
  await field(desk.page, 'service').selectOption('childcare_kin')
  await field(desk.page, 'applicant.name').focus()
  await composeKorean(desk.page, ['ㅂ', '배', '배ㄴ', '배나', '배나ㄹ', '배나래'])
  await field(desk.page, 'applicant.phone').pressSequentially('010294')
  await expect(desk.page.locator('[data-draft="saved"]')).toBeVisible()
  await desk.kill()

  const again = await office.startAgain(desk)
  await unlock(again.page, HER)
  await again.page.keyboard.press('F2')
  await expect(field(again.page, 'applicant.name')).toHaveValue('배나래')
  await expect(field(again.page, 'applicant.phone')).toHaveValue(/^010-?294$/)
  await expect(field(again.page, 'service')).toHaveValue('childcare_kin')
  await expect(again.page.getByText('적던 접수를 다시 열었습니다')).toBeVisible()
})

test('locking in the middle of an intake keeps it, and another account of the PC does not see it', async ({
  office
}) => {
  const { page } = await office.lockedPc()
  await unlock(page, HER)
  await page.keyboard.press('F2')
  await field(page, 'applicant.name').fill('배나래')
  await page.keyboard.press('Control+l') // at once, before the pause after which drafts are written
  await expect(page.locator('[data-session="locked"]')).toBeVisible()
  await expect(page.getByText('배나래')).toHaveCount(0)
  await page.locator('.gate__ways button').click()
  await page.locator('input[name=login]').fill(COLLEAGUE.login)
  await fillAndEnter(page.locator('input[type=password]'), COLLEAGUE.password)
  await page.getByRole('navigation', { name: '주 메뉴' }).waitFor(SOON)
  await page.keyboard.press('F2')
  await expect(field(page, 'applicant.name')).toHaveValue('')
  await page.keyboard.press('Control+l')
  await unlock(page, HER)
  await page.keyboard.press('F2')
  await expect(field(page, 'applicant.name')).toHaveValue('배나래')
})

/** The name of a case of the list that stands there only once. */
async function pickCase(page: Page, at: number): Promise<string> {
  await goToScreen(page, '사례 목록')
  const names = await caseRows(page).locator('.case-table__applicantName').allTextContents()
  const single = names.filter((name) => names.filter((other) => other === name).length === 1)
  return single[at] ?? ''
}

async function correct({ page }: Desk, name: string, phone: string): Promise<void> {
  await goToScreen(page, '사례 목록')
  await openCase(page, name)
  await correctPhone(page, phone)
  await page.keyboard.press('Escape')
}

const conflictBadge = (page: Page) => page.locator('.side-nav__way .badge--bad')

test('a refused decision stays in sight with its reason, holds nothing else up, and can be given up', async ({
  office
}) => {
  const { her, colleague } = await twoDesks(office)
  const { page } = her
  const [disputed, other] = [await pickCase(page, 5), await pickCase(page, 6)]
  her.line.cut()
  await correct(her, disputed, '01023234545')
  await workAndSend(colleague, 1, () => correct(colleague, disputed, '01067678989'))
  her.line.mend()
  await page.keyboard.press('F5')
  await expect(conflictBadge(page)).toHaveText('1', SOON)
  await expect(syncWords(page)).toHaveText(ALL_SENT, SOON) // the badge shows before it was sent
  await expect(conflictBadge(colleague.page)).toHaveText('1', SOON)

  // She decides on a value that her colleague changes once more meanwhile.
  her.line.cut()
  await goToScreen(page, '충돌함')
  await page.locator('.conflict-side__value').first().waitFor()
  await page.keyboard.press('2')
  await correct(her, other, '01044445555')
  await expect(syncWords(page)).toContainText('보낼 것 2건', SOON)
  await goToScreen(page, '보낼편지함')
  expect.soft(await faultsOf(page), 'outbox with waiting changes').toEqual([])
  await workAndSend(colleague, 1, () => correct(colleague, disputed, '01088889999'))
  her.line.mend()
  await page.keyboard.press('F5')

  const refused = page.locator('[data-status="refused"] tbody tr')
  await expect(refused).toHaveCount(1, SOON)
  await expect(refused).toContainText(disputed)
  await expect(refused).toContainText('그사이 다른 사람이 고친 항목이 있습니다: 휴대폰')
  await expect(page.locator('[data-status="waiting"]')).toHaveCount(0)
  await search(colleague.page, '01044445555')
  await expect(caseRow(colleague.page, other)).toHaveCount(1, SOON)

  await refused.click()
  await page.locator('.outbox-details .banner').waitFor()
  expect.soft(await faultsOf(page), 'outbox with a refused decision').toEqual([])
  await page.keyboard.press('Delete')
  await expect(page.getByRole('dialog').getByRole('button', { name: '취소' })).toBeFocused() // a slip of Enter gives nothing up
  expect.soft(await faultsOf(page), 'giving up a refused decision').toEqual([])
  await page.getByRole('dialog').getByRole('button', { name: '포기' }).click()
  await expect(page.getByText('보낼 것이 없습니다')).toBeVisible()
  await goToScreen(page, '충돌함')
  await expect(page.locator('.conflict-side__value')).toHaveText(['010-8888-9999', '010-2323-4545'])
})

test('a line that dies while the centre answers makes nothing happen twice', async ({ office }) => {
  const { her, colleague } = await twoDesks(office)
  const { page } = her
  her.line.cut()
  for (const application of [OF_FOREIGN_RESIDENT, WITH_HELPER]) {
    await typeApplication(page, application)
    await submitApplication(page)
  }
  expect.soft(await faultsOf(page), 'a registered intake').toEqual([])
  await expect(syncWords(page)).toContainText('보낼 것 2건')
  her.line.loseAnswersToPushes()
  await page.keyboard.press('F5')
  // The centre has them, but her desk has not heard of it.
  for (const { applicant } of [OF_FOREIGN_RESIDENT, WITH_HELPER]) {
    await search(colleague.page, applicant.name)
    await expect(caseRow(colleague.page, applicant.name)).toHaveCount(1, SOON)
  }
  await expect(syncWords(page)).toContainText('보낼 것 2건')
  her.line.mend()
  await page.keyboard.press('F5')
  await expect(syncWords(page)).toHaveText(ALL_SENT, SOON)
  for (const desk of [her, colleague]) {
    for (const { applicant } of [OF_FOREIGN_RESIDENT, WITH_HELPER]) {
      await search(desk.page, applicant.name)
      await expect(caseRow(desk.page, applicant.name)).toHaveCount(1)
    }
  }
})

async function twoDesks(office: Office) {
  const her = await office.workingPc(HER)
  const colleague = await office.workingPc(COLLEAGUE)
  return { her, colleague }
}
