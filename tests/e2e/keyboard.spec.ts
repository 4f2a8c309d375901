import { expect, type Page } from '@playwright/test'
import { composeKorean } from '../helpers/desk.ts'
import { HER, test } from '../helpers/office.ts'
import { caseRows, syncWords } from '../helpers/screens.ts'
import { WITH_HELPER } from '../story/applications.ts'

const { applicant, child, helper } = WITH_HELPER

/** Tab until the focus is where `wanted` says. Every stop on the way shows where the focus is. */
async function tabTo(page: Page, wanted: string): Promise<void> {
  for (let stops = 0; stops < 80; stops += 1) {
    const stop = await page.evaluate((selector) => {
      const here = document.activeElement
      if (!(here instanceof HTMLElement) || here === document.body) return { isThere: false, isVisible: true, name: '' }
      const styles = [here, here.parentElement, here.closest('label')].map((box) => box && getComputedStyle(box))
      const siblings = here.nextElementSibling ? [getComputedStyle(here.nextElementSibling)] : []
      const isVisible = [...styles, ...siblings].some(
        (style) =>
          style && ((style.outlineStyle !== 'none' && style.outlineWidth !== '0px') || style.boxShadow !== 'none')
      )
      return { isThere: here.matches(selector), isVisible, name: `${here.tagName}.${here.className}` }
    }, wanted)
    if (stops > 0) expect.soft(stop.isVisible, `${stop.name} shows that it has the focus`).toBe(true)
    if (stop.isThere) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never reaches ${wanted}`)
}

const field = (path: string): string => `[data-field="${path}"] :is(input, select)`
const type = async (page: Page, place: string, text: string): Promise<void> => {
  await tabTo(page, place)
  await page.keyboard.insertText(text)
}
/** Picks an entry of a list by its place, as the arrow keys do. */
const pick = async (page: Page, place: string, value: string): Promise<void> => {
  await tabTo(page, place)
  for (let steps = 0; steps < 40; steps += 1) {
    if ((await page.locator(place).first().inputValue()) === value) return
    await page.keyboard.press('ArrowDown')
  }
  throw new Error(`${value} is not in the list`)
}

test('a whole day of work needs no mouse', async ({ office }) => {
  const desk = await office.workingPc()
  desk.line.cut()
  const { page } = desk
  await page.keyboard.press('Control+l')
  await page.locator('input[type=password]').waitFor()
  await page.keyboard.type(HER.password) // the one account of the PC is chosen, the cursor waits in its password
  await page.keyboard.press('Enter')
  await expect(caseRows(page).first()).toBeVisible()

  // List: move, open, back to the same row.
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  const chosen = page.locator('.case-table__row--selected')
  await expect(chosen).toBeFocused()
  const chosenId = await chosen.getAttribute('id')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('tab').first()).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(chosen).toHaveAttribute('id', chosenId ?? '')

  // Search, open the find, correct, leave once without saving, then save.
  await page.keyboard.press('/')
  await composeKorean(page, ['ㄱ', '기', '김'])
  await expect(page.locator('.case-table mark').first()).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.locator('.status-bar').getByText('신청자 고치기').waitFor()
  await page.keyboard.press('e')
  await expect(page.locator('.editor input').first()).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.locator('.editor')).toHaveCount(0)
  await page.keyboard.press('e')
  await tabTo(page, '.editor input[type=tel]')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('01084726193')
  await page.keyboard.press('Control+Enter')
  await expect(page.locator('.editor')).toHaveCount(0)
  await expect(page.getByText('010-8472-6193')).toBeVisible()

  await typeIntakeByKeys(page)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('heading', { name: '접수했습니다' })).toBeFocused()
  await expect(syncWords(page)).toContainText('보낼 것 2건')
})

async function typeIntakeByKeys(page: Page): Promise<void> {
  await page.keyboard.press('F2')
  await expect(page.locator(field('service'))).toBeFocused()
  await pick(page, field('service'), WITH_HELPER.service)
  await pick(page, field('dongCode'), WITH_HELPER.dongCode)
  await tabTo(page, field('applicant.name'))
  await composeKorean(page, ['ㅅ', '서', '선', '선ㅇ', '선우', '선우ㅂ', '선우비', '선우빛', '선우빛나'])
  await page.keyboard.press('Enter') // in a field Enter sends nothing
  await expect(page.locator('.issue-summary')).toHaveCount(0)
  await expect(page.locator(field('applicant.name'))).toHaveValue(applicant.name)
  for (const name of ['registrationNo', 'phone', 'postcode', 'road', 'building', 'detail'] as const) {
    await type(page, field(`applicant.${name}`), applicant[name])
  }
  await tabTo(page, '[data-section="children"] .bar > button')
  await page.keyboard.press('Enter')
  await type(page, '[data-section="children"] [data-field$=".name"] input', child?.name ?? '')
  await type(page, '[data-section="children"] [data-field$=".registrationNo"] input', child?.registrationNo ?? '')
  await tabTo(page, '[data-section="helpers"] .bar > button')
  await page.keyboard.press('Enter')
  await type(page, '[data-section="helpers"] [data-field$=".name"] input', helper?.name ?? '')
  await type(page, '[data-section="helpers"] [data-field$=".registrationNo"] input', helper?.registrationNo ?? '')
  await type(page, '[data-section="helpers"] [data-field$=".phone"] input', helper?.phone ?? '')
  await pick(page, '[data-section="helpers"] [data-field$=".relation"] select', 'grandparent')
  await pick(page, field('consentMethod'), 'written')
  const answers = page.locator('[data-section="consents"] [role=radiogroup]')
  for (let at = 0; at < (await answers.count()); at += 1) {
    await tabTo(page, `[data-section="consents"] [data-consent]:nth-of-type(${at + 1}) input[type=radio]`)
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowDown') // the second answer: no
  }
}
