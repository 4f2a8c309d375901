import { copyFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { asAdministrator } from '../helpers/known-pcs.ts'
import { barriers, faultsOf, faultsWhenLarge, missingTexts, sidewaysScrolling, zoomTo } from '../helpers/looks.ts'
import { ADMINISTRATOR, HER, type Office, test } from '../helpers/office.ts'
import { OFFICE_SCENES } from '../helpers/office-scenes.ts'
import { walkThrough } from '../helpers/scene.ts'
import { SCENES } from '../helpers/scenes.ts'
import { fillAndEnter, signInFirstTime, unlock } from '../helpers/screens.ts'

test.use({ trace: 'off' }) // takes as long as the looks themselves

const speakEnglish = async (page: Page): Promise<void> => {
  await page.keyboard.press('Alt+0')
  await page.locator('input[type=radio][value="en"]').check({ force: true })
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
}

test('every screen is there for everybody, in both contrasts, and fits the smallest office display', async ({
  office
}) => {
  const { page } = await office.lockedPc()
  await unlock(page, HER)
  await walkThrough(page, SCENES, async ({ name }) => {
    expect.soft(await faultsOf(page), name).toEqual([])
  })
})

test('every screen is there for everybody in English too', async ({ office }) => {
  const { page } = await office.lockedPc()
  await unlock(page, HER)
  await speakEnglish(page)
  await walkThrough(page, SCENES, async ({ name }) => {
    expect.soft(await barriers(page), name).toEqual([])
    expect.soft(await sidewaysScrolling(page, { tablesMay: false }), name).toEqual([])
    expect.soft(await missingTexts(page), name).toEqual([])
  })
})

test('at 200 % nothing of a screen is out of reach', async ({ office }) => {
  const { page } = await office.lockedPc()
  await unlock(page, HER)
  await zoomTo(page, 200)
  await walkThrough(page, SCENES, async ({ name }) => {
    expect.soft(await faultsWhenLarge(page), name).toEqual([])
  })
})

/** An administrator at a PC of a district that has some. */
async function administer(office: Office): Promise<Page> {
  const { enrolKnownPcs, revoke, wipe, issueCode } = await asAdministrator(office.centre.url, ADMINISTRATOR)
  await enrolKnownPcs(HER)
  await revoke('논현2동-복지-03')
  await wipe('개포1동-창구-05')
  await issueCode('역삼1동 민원실 3번 창구')
  const { page } = await office.newPc()
  await signInFirstTime(page, ADMINISTRATOR)
  return page
}

test('every screen of an administrator is there for everybody, in both contrasts, and fits the smallest display', async ({
  office
}) => {
  const page = await administer(office)
  await walkThrough(page, OFFICE_SCENES, async ({ name }) => {
    expect.soft(await faultsOf(page), name).toEqual([])
  })
})

test("an administrator's screens are there for everybody in English, and at 200 % nothing is out of reach", async ({
  office
}) => {
  const page = await administer(office)
  await page.keyboard.press('Alt+0')
  await page.locator('input[type=radio][value="en"]').check({ force: true })
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await walkThrough(page, OFFICE_SCENES, async ({ name }) => {
    expect.soft(await barriers(page), name).toEqual([])
    expect.soft(await sidewaysScrolling(page, { tablesMay: false }), name).toEqual([])
    expect.soft(await missingTexts(page), name).toEqual([])
  })
  await zoomTo(page, 200)
  await walkThrough(page, OFFICE_SCENES, async ({ name }) => {
    expect.soft(await faultsWhenLarge(page), `${name}, 200 %`).toEqual([])
  })
})

/** Looks at what stands before the desk, in both languages and at both sizes. */
async function lookAtGate(page: Page, name: string): Promise<void> {
  for (const lang of ['ko', 'en'] as const) {
    await expect(page.locator('html')).toHaveAttribute('lang', lang)
    expect.soft(await faultsOf(page), `${name}, ${lang}`).toEqual([])
    await page.locator(`.gate__foot button[lang="${lang === 'ko' ? 'en' : 'ko'}"]`).click()
  }
  await zoomTo(page, 200)
  expect.soft(await faultsWhenLarge(page), `${name}, 200 %`).toEqual([])
  await zoomTo(page, 100)
}

test('the first sign-in is there for everybody', async ({ office }) => {
  const { page } = await office.newPc()
  await expect(page.locator('[data-session="first_run"]')).toBeVisible()
  await lookAtGate(page, 'first run')
  await page.locator('input[name=login]').press('Enter')
  await lookAtGate(page, 'first run with mistakes')
})

test('the lock and every screen of a broken store are there for everybody', async ({ office }) => {
  const { page, dataDir } = await office.lockedPc()
  await page.locator(`[data-login="${HER.login}"]`).click()
  await fillAndEnter(page.locator('input[type=password]'), 'wrong')
  await expect(page.getByRole('alert')).toBeVisible()
  await lookAtGate(page, 'lock after a wrong password')
  await page.locator('.gate__ways button').click()
  await lookAtGate(page, 'sign-in at the centre')

  const at = (name: string): string => join(dataDir, 'data/stores/11680', name)
  const breakages: Record<string, () => void> = {
    key_missing: () => renameSync(at('keyring.json'), at('keyring.away')),
    file_from_future: () => writeFileSync(at('keyring.json'), '{"format":999}'),
    file_truncated: () => {
      copyFileSync(at('keyring.away'), at('keyring.json'))
      truncateSync(at('store.db'), 5000)
    },
    file_missing: () => renameSync(at('store.db'), at('store.away'))
  }
  for (const [problem, breakStore] of Object.entries(breakages)) {
    breakStore()
    await page.reload() // the desk looks at its files whenever it is asked
    await expect(page.locator(`[data-problem="${problem}"]`)).toBeVisible()
    await lookAtGate(page, problem)
  }
  await page.locator('.button--primary').click()
  await expect(page.locator('dialog[open]')).toBeVisible()
  expect(await faultsOf(page), 'starting afresh').toEqual([])
})
