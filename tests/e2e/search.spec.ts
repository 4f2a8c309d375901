import { expect, type Page } from '@playwright/test'
import { convertHangulToQwerty, getChoseong } from 'es-hangul'
import { composeKorean } from '../helpers/desk.ts'
import { HER, test } from '../helpers/office.ts'
import { caseRows, search, unlock } from '../helpers/screens.ts'

/** What a caseworker may know of a case when she looks for it. */
interface KnownCase {
  readonly rowId: string
  readonly name: string
  readonly applicationNo: string
  readonly phone: string
  readonly road: string
}

async function readACase(page: Page): Promise<KnownCase> {
  const row = caseRows(page).filter({ hasText: /^\d+2\d{3}-\d\d-\d{4}[가-힣]{3} ?/ })
  const rowId = (await row.first().getAttribute('id')) ?? ''
  const name = (await row.first().locator('.case-table__applicantName').getAttribute('title')) ?? ''
  const applicationNo = (await row.first().locator('td.case-table__applicationNo').textContent()) ?? ''
  await row.first().dblclick()
  const facts = page.locator('.case-facts')
  await expect(facts).toBeVisible()
  const text = (await facts.first().textContent()) ?? ''
  await page.keyboard.press('Escape')
  const [phone = ''] = /01\d-\d{4}-\d{4}/.exec(text) ?? []
  const [, road = ''] = /구 ([가-힣\d]+(?:로|길))/.exec(text) ?? []
  expect({ phone, road }, text).not.toMatchObject({ road: '' })
  return { rowId, name, applicationNo: applicationNo.trim(), phone, road }
}

const marked = (page: Page, { rowId }: KnownCase) => page.locator(`[id="${rowId}"] mark`)

test('she finds a case by whatever she knows of it, and sees where it was found', async ({ office }) => {
  const { page } = await office.lockedPc()
  await unlock(page, HER)
  const known = await readACase(page)
  const [one = '', two = '', three = ''] = known.name
  const waysToFind: Record<string, readonly [typed: string, marks: string]> = {
    'the name': [known.name, known.name],
    'its initial consonants': [getChoseong(known.name), known.name],
    'a syllable that is not finished': [one + two + getChoseong(three), known.name],
    'the keyboard left in English': [convertHangulToQwerty(known.name), known.name],
    'the last digits of the phone': [known.phone.slice(-4), known.phone.slice(-4)],
    'the whole phone without hyphens': [known.phone.replaceAll('-', ''), known.phone],
    'the application number': [known.applicationNo, known.applicationNo],
    'the name and the road': [`${known.name} ${known.road}`, known.road]
  }
  for (const [way, [typed, marks]] of Object.entries(waysToFind)) {
    await test.step(way, async () => {
      await search(page, typed)
      // Polled: the finds of the way before stay until the new ones are there.
      await expect.poll(async () => (await marked(page, known).allTextContents()).join('')).toContain(marks.slice(0, 2))
    })
  }
  await search(page, known.road)
  await expect(page.locator('.case-table__found mark').first()).toHaveText(known.road)
})

test('what is being composed is searched for at once, and Enter in the middle of it opens nothing', async ({
  office
}) => {
  const { page } = await office.lockedPc()
  await unlock(page, HER)
  const known = await readACase(page)
  const [one = '', two = '', three = ''] = known.name
  await page.keyboard.press('Control+k')
  await composeKorean(page, [getChoseong(one), one])
  await composeKorean(page, [getChoseong(two), two])
  const session = await page.context().newCDPSession(page)
  const unfinished = getChoseong(three)
  await session.send('Input.imeSetComposition', { text: unfinished, selectionStart: 1, selectionEnd: 1 })
  await expect(page.getByRole('searchbox')).toHaveValue(one + two + unfinished)
  await expect(marked(page, known).first()).toBeVisible()
  // What the input method sends for Enter while it composes.
  await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', windowsVirtualKeyCode: 229, key: 'Process' })
  await page.evaluate(() =>
    document.activeElement?.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', isComposing: true, bubbles: true, cancelable: true })
    )
  )
  await expect(page.getByRole('heading', { level: 1, name: '사례 목록' })).toBeVisible()
  await session.send('Input.insertText', { text: three })
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: known.name })).toBeVisible()
})
