import { expect, type Page } from '@playwright/test'
import type { Desk } from '../helpers/desk.ts'
import { faultsOf, faultsWhenLarge, zoomTo } from '../helpers/looks.ts'
import { COLLEAGUE, HER, type Office, test } from '../helpers/office.ts'
import { ALL_SENT, caseRows, correctPhone, goToScreen, openCase, syncWords, workAndSend } from '../helpers/screens.ts'

const SOON = { timeout: 20_000 }
const [HERS, THEIRS] = ['010-2222-3333', '010-6666-7777']

/** The names of cases of the list that stand there only once. */
async function singleNames(page: Page): Promise<string[]> {
  await goToScreen(page, '사례 목록')
  const names = await caseRows(page).locator('.case-table__applicantName').allTextContents()
  return names.filter((name) => names.filter((other) => other === name).length === 1)
}

async function correct({ page }: Desk, name: string, phone: string): Promise<void> {
  await goToScreen(page, '사례 목록')
  await openCase(page, name)
  await correctPhone(page, phone)
  await page.keyboard.press('Escape')
}

/** Both change the phone of some cases of their own while her line is cut; the colleague's change reaches the centre first. */
async function disagree(office: Office, { first, amount }: { first: number; amount: number }) {
  const her = await office.workingPc(HER)
  const colleague = await office.workingPc(COLLEAGUE)
  const names = (await singleNames(her.page)).slice(first, first + amount)
  her.line.cut()
  await workAndSend(colleague, amount, async () => {
    for (const name of names) await correct(colleague, name, THEIRS)
  })
  for (const name of names) await correct(her, name, HERS)
  her.line.mend()
  await her.page.keyboard.press('F5')
  await expect(badge(her.page)).toHaveText(String(amount), SOON)
  await expect(syncWords(her.page)).toHaveText(ALL_SENT, SOON) // the badge shows before it was sent
  return { her, colleague, names }
}

const badge = (page: Page) => page.locator('.side-nav__way', { hasText: '충돌함' }).locator('.badge')
const sides = (page: Page) => page.locator('.conflict-side__value')

test('two people change the same field at once: both values stay, and a key decides which one stands', async ({
  office
}) => {
  const { her, colleague, names } = await disagree(office, { first: 0, amount: 2 })
  const { page } = her
  for (const desk of [her, colleague]) await expect(syncWords(desk.page)).toHaveText('확인 필요: 정리할 충돌 2건', SOON)
  await syncWords(page).click()
  await expect(page.getByRole('heading', { level: 1, name: '충돌함' })).toBeVisible()
  await expect(page.locator('.conflicts__row')).toHaveCount(2)
  await expect(sides(page)).toHaveText([THEIRS, HERS])
  expect.soft(await faultsOf(page), 'two conflicts').toEqual([])
  await zoomTo(page, 200)
  expect.soft(await faultsWhenLarge(page), 'two conflicts at 200 %').toEqual([])
  await zoomTo(page, 100)
  await test.info().attach('충돌함', { body: await page.screenshot(), contentType: 'image/png' })

  // The first by the key of its side, the next one is chosen by itself; that by the arrows and Enter.
  const first = await page.locator('.conflicts__row[aria-selected="true"] strong').textContent()
  await page.keyboard.press('2')
  await expect(page.locator('.conflicts__row')).toHaveCount(1, SOON)
  await expect(page.locator('.conflicts__row[aria-selected="true"] strong')).not.toHaveText(first ?? '')
  await expect(sides(page)).toHaveText([THEIRS, HERS])
  await page.keyboard.press('ArrowLeft')
  await expect(page.getByRole('button', { name: '지금 값 그대로' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByText('정리할 충돌이 없습니다')).toBeVisible(SOON)
  await expect(badge(page)).toHaveCount(0)
  await expect(syncWords(page)).toContainText('최신', SOON)

  // A slip of the finger is put right: the decided conflict comes back, and the other value is chosen.
  await page.keyboard.press('Control+z')
  await expect(page.locator('.conflict-side--theirs')).toContainText('정한 값')
  expect.soft(await faultsOf(page), 'a decided conflict').toEqual([])
  await page.keyboard.press('2')
  await expect(page.getByText('정리할 충돌이 없습니다')).toBeVisible(SOON)

  // The colleague sees what was decided, and the history of the case tells of it.
  for (const name of names) {
    await goToScreen(colleague.page, '사례 목록')
    await openCase(colleague.page, name)
    await expect(colleague.page.locator('.case-facts')).toContainText(HERS, SOON)
    await colleague.page.getByRole('tab', { name: /^이력/ }).click()
    await expect(colleague.page.locator('.history-table')).toContainText('충돌 정리')
    await colleague.page.keyboard.press('Escape')
  }
})

test('the case shows that a field is in conflict and leads to the choice; deciding without a line is kept', async ({
  office
}) => {
  const { her, names } = await disagree(office, { first: 2, amount: 1 })
  const { page } = her
  await page.keyboard.press('Alt+1')
  await expect(page.locator('.stat', { hasText: '정리할 충돌' }).locator('b')).toHaveText('1')
  await goToScreen(page, '사례 목록')
  await openCase(page, names[0] ?? '')
  await expect(page.locator('.case-conflict__pill')).toHaveCount(1)
  expect.soft(await faultsOf(page), 'case with a conflict').toEqual([])
  await test.info().attach('충돌이 있는 사례', { body: await page.screenshot(), contentType: 'image/png' })
  await page.locator('.case-conflict button').focus()
  await page.keyboard.press('Enter')
  await expect(page.locator('.conflict')).toContainText(names[0] ?? '')
  her.line.cut()
  await page.keyboard.press('F5')
  await expect(syncWords(page)).toContainText('오프라인', SOON)
  await page.keyboard.press('1')
  await expect(page.getByText('정리할 충돌이 없습니다')).toBeVisible()
  await expect(syncWords(page)).toContainText('보낼 것 1건')
  her.line.mend()
  await page.keyboard.press('F5')
  await expect(syncWords(page)).toHaveText(ALL_SENT, SOON) // not while it is sent: the next spec meets the same centre
  await expect(badge(page)).toHaveCount(0)
})
