import { expect, type Locator, type Page } from '@playwright/test'

/** A screen in one of its states, and what a scene is made of. */

export interface Scene {
  readonly name: string
  readonly show: (page: Page) => Promise<void>
  /** Clears the way for the next scene. */
  readonly leave?: (page: Page) => Promise<void>
}

/** A click that does not depend on where the pointer's place lies under the window's zoom. */
export const press = (place: Locator): Promise<void> => place.first().dispatchEvent('click')
export const isThere = (page: Page, selector: string): Promise<void> => page.locator(selector).first().waitFor()
export const dialog = (page: Page): Locator => page.locator('dialog[open]')
export const key =
  (...keys: string[]) =>
  async (page: Page): Promise<void> => {
    for (const one of keys) await page.keyboard.press(one)
  }

export const openDialog = async (page: Page, open: () => Promise<void>): Promise<void> => {
  await open()
  await dialog(page).waitFor()
}
export const closeDialog = async (page: Page): Promise<void> => {
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toHaveCount(0)
}

/** Shows one scene after the other and lets somebody look at each. */
export async function walkThrough(
  page: Page,
  scenes: readonly Scene[],
  look: (scene: Scene) => Promise<void>
): Promise<void> {
  for (const scene of scenes) {
    await scene.show(page)
    await look(scene)
    await scene.leave?.(page)
  }
}
