import type { Page } from '@playwright/test'
import { closeDialog, dialog, isThere, key, openDialog, press, type Scene } from './scene.ts'

/** The screen of destruction batches as each of its people sees it. */

const button = (page: Page, name: RegExp) => page.locator('main').getByRole('button', { name })

/** For a caseworker; nothing is planned yet. */
export const NO_BATCH_SCENES: readonly Scene[] = [
  {
    name: 'no destruction batch',
    show: async (page) => {
      await key('Alt+8')(page)
      await isThere(page, '.state__title')
    }
  },
  {
    name: 'destruction being planned, with mistakes',
    show: async (page) => {
      await openDialog(page, () => key('n')(page))
      await dialog(page).locator('input').first().fill('')
      await dialog(page).locator('.input--number').fill('0')
      await press(dialog(page).locator('button[type=submit]'))
      await isThere(page, 'dialog [aria-invalid="true"]')
    },
    leave: closeDialog
  }
]

const toBatch: Scene['show'] = async (page) => {
  await key('Alt+8')(page)
  await isThere(page, '.office-columns .record-table__row')
  await key('Enter')(page)
  await isThere(page, '.batch-progress')
}

/** For its author; it holds items and is not submitted. */
export const AUTHOR_SCENES: readonly Scene[] = [
  {
    name: 'destruction batches',
    show: async (page) => {
      await key('Alt+8')(page)
      await isThere(page, '.office-columns .record-table__row')
    }
  },
  { name: 'destruction batch', show: toBatch },
  {
    name: 'what is due being selected',
    show: (page) => openDialog(page, () => press(button(page, /대상 선정|^Select/))),
    leave: closeDialog
  },
  { name: 'batch about to be submitted', show: (page) => openDialog(page, () => key('F9')(page)), leave: closeDialog },
  {
    name: 'batch about to be called off',
    show: (page) => openDialog(page, () => press(page.locator('main .button--danger'))),
    leave: closeDialog
  }
]

/** For a reviewer. */
export const REVIEW_SCENES: readonly Scene[] = [
  {
    name: 'batch under review',
    show: async (page) => {
      await toBatch(page)
      await isThere(page, '.batch-side .office-pane__acts')
    }
  },
  {
    name: 'item about to be excluded, without a reason',
    show: async (page) => {
      await openDialog(page, () => key('x')(page))
      await page.keyboard.press('Enter')
      await isThere(page, 'dialog [aria-invalid="true"]')
    },
    leave: closeDialog
  },
  {
    name: 'item about to be kept longer, with mistakes',
    show: async (page) => {
      await openDialog(page, () => key('e')(page))
      await press(dialog(page).locator('button[type=submit]'))
      await isThere(page, 'dialog [aria-invalid="true"]')
    },
    leave: closeDialog
  },
  { name: 'review about to be finished', show: (page) => openDialog(page, () => key('F9')(page)), leave: closeDialog }
]

/** For its author; the review is finished. */
export const REQUEST_SCENES: readonly Scene[] = [
  { name: 'reviewed batch', show: toBatch },
  {
    name: 'approval being requested, with a mistake',
    show: async (page) => {
      await openDialog(page, () => key('F9')(page))
      await press(dialog(page).locator('button[type=submit]'))
      await isThere(page, 'dialog [aria-invalid="true"]')
    },
    leave: closeDialog
  },
  {
    name: 'preview of the request',
    show: async (page) => {
      await openDialog(page, () => key('F9')(page))
      await dialog(page).locator('select').selectOption({ index: 1 })
      await press(dialog(page).locator('footer button').nth(1))
      await isThere(page, '.paper__sheet')
    },
    leave: closeDialog
  }
]

/** For the privacy officer; the approval is asked for. */
export const APPROVAL_SCENES: readonly Scene[] = [
  { name: 'batch to be approved', show: toBatch },
  {
    name: 'request on paper',
    show: async (page) => {
      await openDialog(page, () => press(button(page, /요청서|request/i)))
      await isThere(page, '.paper__sheet')
    },
    leave: closeDialog
  },
  {
    name: 'request about to be given out, without purpose and password',
    show: async (page) => {
      await openDialog(page, () => press(button(page, /요청서|request/i)))
      await isThere(page, '.paper__sheet')
      await press(dialog(page).locator('footer .button--primary'))
      await isThere(page, 'dialog input[type=password]')
      await press(dialog(page).locator('button[type=submit]'))
      await isThere(page, 'dialog [aria-invalid="true"]')
    },
    leave: closeDialog
  },
  {
    name: 'register about to be given out',
    show: async (page) => {
      await key('Alt+8')(page)
      await isThere(page, '.office-columns .record-table__row')
      await openDialog(page, () => press(button(page, /관리대장|^Register/)))
    },
    leave: async (page) => {
      await closeDialog(page)
      await toBatch(page)
    }
  },
  {
    name: 'approval without a password',
    show: async (page) => {
      await openDialog(page, () => key('F9')(page))
      await page.keyboard.press('Enter')
      await isThere(page, 'dialog [aria-invalid="true"]')
    },
    leave: closeDialog
  },
  {
    name: 'batch about to be sent back',
    show: (page) => openDialog(page, () => press(button(page, /^반려|^Send back/))),
    leave: closeDialog
  }
]

/** After the approval, for anybody. */
export const COOLING_SCENES: readonly Scene[] = [{ name: 'batch that cools off', show: toBatch }]
