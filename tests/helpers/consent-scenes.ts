import { isThere, press, type Scene } from './scene.ts'

/** 동의 현황 at the desk of somebody who watches over it; a guardian has not confirmed yet. */
export const CONSENT_SCENES: readonly Scene[] = [
  {
    name: 'consents',
    show: async (page) => {
      await press(page.locator('[data-screen="consents"]'))
      await isThere(page, '.consent-counts .pill')
    }
  }
]
