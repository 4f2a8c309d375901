import { isThere, key, press, type Scene } from './scene.ts'

/** What the privacy officer and the supervisor begin their day with; the centre has judged its cases. */
export const OVERSEER_SCENES: readonly Scene[] = [
  {
    name: 'today of an overseer',
    show: async (page) => {
      await key('Alt+1')(page)
      await isThere(page, '.due-months, .due-months__none')
    }
  },
  {
    name: 'calendar of what becomes due',
    show: async (page) => {
      await key('Alt+8')(page)
      await press(page.locator('[role=tab]').last())
      await isThere(page, '.due-months, .due-months__none')
    }
  }
]
