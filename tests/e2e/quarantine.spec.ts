import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { attachPicture, lookAt } from '../helpers/look-at.ts'
import { faultsOf } from '../helpers/looks.ts'
import { HER, type Office, PASSWORD, test } from '../helpers/office.ts'
import { HANDED_OVER_SCENES, QUARANTINE_SCENES } from '../helpers/quarantine-scenes.ts'
import { caseRows, correctPhone, goToScreen, openCase, syncWords } from '../helpers/screens.ts'

test.setTimeout(240_000) // each stops and starts the centre

const OFFICER = { login: 'gangnam.privacy', password: PASSWORD }
const IN_MAPO = { login: 'mapo.park', password: PASSWORD }
const SOON = { timeout: 40_000 }
const PHONE = '01022223333'
const SHOWN_PHONE = '010-2222-3333'

/** She corrects cases while her line is cut; their names and ids. */
async function editOffline({ page, line }: Awaited<ReturnType<Office['workingPc']>>, first: number, amount: number) {
  await goToScreen(page, '사례 목록')
  const all = await caseRows(page).evaluateAll((rows) =>
    rows.map((row) => ({
      caseId: row.id.replace('row-', ''),
      name: row.querySelector('.case-table__applicantName')?.textContent ?? ''
    }))
  )
  const single = all.filter(({ name }) => all.filter((other) => other.name === name).length === 1)
  const edited = single.slice(first, first + amount)
  expect(edited).toHaveLength(amount)
  line.cut()
  for (const { name } of edited) {
    await goToScreen(page, '사례 목록')
    await openCase(page, name)
    await correctPhone(page, PHONE)
    await page.keyboard.press('Escape')
  }
  await expect(syncWords(page)).toContainText(`보낼 것 ${amount}건`, SOON)
  return edited
}

async function bury({ centre }: Office, caseIds: readonly string[], reason: string): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'mnk-bury-'))
  writeFileSync(join(dir, 'cases'), caseIds.join('\n'))
  const words = await centre.operate('bury', join(dir, 'cases'), '--reason', reason)
  rmSync(dir, { recursive: true })
  return words
}

const parked = (page: Page) => page.locator('[data-status="parked"] tbody tr')
const records = (page: Page) => page.locator('.record-table__row')

test('what comes for a destroyed case is kept from everybody but counted, and the privacy officer destroys it', async ({
  office
}) => {
  const her = await office.workingPc(HER)
  const edited = await editOffline(her, 4, 2)
  expect(
    await bury(
      office,
      edited.map(({ caseId }) => caseId),
      'destroyed'
    )
  ).toContain('2 cases are buried')
  her.line.mend()

  // Her outbox says why it went nowhere, and nothing of the case is left.
  const { page } = her
  await goToScreen(page, '보낼편지함')
  await page.keyboard.press('F5')
  await expect(parked(page)).toHaveCount(2, SOON)
  await expect(parked(page).first()).toContainText('파기된 사례입니다')
  await parked(page).first().click()
  await expect(page.locator('main')).not.toContainText(SHOWN_PHONE)
  for (const { name } of edited) await expect(page.locator('main')).not.toContainText(name)
  expect.soft(await faultsOf(page), 'parked').toEqual([])
  await attachPicture(page, 'her outbox')
  await expect(page.getByRole('navigation')).not.toContainText('격리함')

  // The officer sees that it came, by whom and from where, and not what it says.
  const officer = await office.workingPc(OFFICER)
  await goToScreen(officer.page, '격리함')
  await expect(records(officer.page)).toHaveCount(2, SOON)
  await expect(records(officer.page).first()).toContainText('김가온')
  await expect(records(officer.page).first()).toContainText('파기된 사례')
  await expect(officer.page.locator('main')).not.toContainText(SHOWN_PHONE)
  await lookAt(officer, QUARANTINE_SCENES)

  // Out of reach it says so; back in reach it shows by itself.
  await goToScreen(officer.page, '오늘')
  officer.line.cut()
  await goToScreen(officer.page, '격리함')
  await expect(officer.page.getByText('이 목록은 센터에만 있어')).toBeVisible(SOON)
  expect.soft(await faultsOf(officer.page), 'quarantine out of reach').toEqual([])
  await attachPicture(officer.page, 'quarantine out of reach')
  officer.line.mend()
  await officer.page.keyboard.press('F5')
  await expect(records(officer.page)).toHaveCount(2, SOON)

  // By the keys alone: one marked, then the other, destroyed together.
  await officer.page.keyboard.press('ArrowDown')
  await officer.page.keyboard.press('a')
  await officer.page.keyboard.press('Delete')
  await officer.page.keyboard.type('보관할 까닭이 없음')
  await officer.page.keyboard.press('Enter')
  await expect(records(officer.page).filter({ hasText: '파기함' })).toHaveCount(2, SOON)
  await expect(officer.page.getByText('봉인 0건')).toBeVisible()
  expect.soft(await faultsOf(officer.page), 'destroyed').toEqual([])
  await attachPicture(officer.page, 'destroyed')
})

test('what was unsent when a case moved to another district is decided by a caseworker there', async ({ office }) => {
  const her = await office.workingPc(HER)
  const [first, second] = await editOffline(her, 7, 2)
  for (const one of [first, second]) {
    expect(await office.centre.operate('move-case', one?.caseId ?? '', '--dong', '1144066000')).toContain('Moved')
  }
  her.line.mend()
  await goToScreen(her.page, '보낼편지함')
  await her.page.keyboard.press('F5')
  await expect(parked(her.page)).toHaveCount(2, SOON)
  await expect(parked(her.page).first()).toContainText('다른 자치구로 옮겨진 사례입니다')

  const mapo = await office.workingPc(IN_MAPO)
  const { page } = mapo
  await goToScreen(page, '오늘')
  await expect(page.locator('.stat', { hasText: '넘겨받은 변경' }).locator('b')).toHaveText('2', SOON)
  await page.locator('.stat', { hasText: '넘겨받은 변경' }).click()
  await expect(records(page)).toHaveCount(2, SOON)
  await expect(records(page).filter({ hasText: first?.name ?? '' })).toContainText('강남구')
  await lookAt(mapo, HANDED_OVER_SCENES)

  await HANDED_OVER_SCENES[0]?.show(page)
  await records(page)
    .filter({ hasText: first?.name ?? '' })
    .click()
  await page.keyboard.press('e')
  await page.keyboard.press('Enter')
  await expect(records(page)).toHaveCount(1, SOON)
  await expect(records(page)).toContainText(second?.name ?? '')
  await page.keyboard.press('Delete')
  await page.keyboard.type('이미 전화로 확인함')
  await page.keyboard.press('Enter')
  await expect(page.getByText('넘겨받은 변경이 없습니다')).toBeVisible(SOON)

  await page.keyboard.press('Control+k')
  await page.getByRole('searchbox').fill(first?.name ?? '')
  await openCase(page, first?.name ?? '')
  await expect(page.locator('.case-facts')).toContainText(SHOWN_PHONE, SOON)
})
