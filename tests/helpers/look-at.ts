import { expect, type Page, test } from '@playwright/test'
import { type Desk, resizeDesk } from './desk.ts'
import { barriers, faultsOf, faultsWhenLarge, missingTexts, zoomTo } from './looks.ts'
import { type Scene, walkThrough } from './scene.ts'

/** Every scene in both contrasts, at 200 % and in English; a picture of each, and of the first one large. */
export async function lookAt({ app, page }: Desk, scenes: readonly Scene[]): Promise<void> {
  await walkThrough(page, scenes, async ({ name }) => {
    expect.soft(await faultsOf(page), name).toEqual([])
    await attachPicture(page, name)
  })
  await resizeDesk(app, { width: 1920, height: 1080 })
  await scenes[0]?.show(page)
  await attachPicture(page, `${scenes[0]?.name} 1920`)
  await resizeDesk(app, { width: 1366, height: 768 })
  await zoomTo(page, 200)
  await walkThrough(page, scenes, async ({ name }) => {
    expect.soft(await faultsWhenLarge(page), `${name}, 200 %`).toEqual([])
  })
  await zoomTo(page, 100)
  await speak(page, 'en')
  await walkThrough(page, scenes, async ({ name }) => {
    expect.soft(await barriers(page), `${name}, English`).toEqual([])
    expect.soft(await missingTexts(page), `${name}, English`).toEqual([])
  })
  await speak(page, 'ko')
}

async function speak(page: Page, locale: 'ko' | 'en'): Promise<void> {
  await page.keyboard.press('Alt+0')
  await page.locator(`input[type=radio][value="${locale}"]`).check({ force: true })
  await expect(page.locator('html')).toHaveAttribute('lang', locale)
}

export const attachPicture = async (page: Page, name: string): Promise<void> =>
  test.info().attach(name, { body: await page.screenshot(), contentType: 'image/png' })
