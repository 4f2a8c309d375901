import { expect, type Page } from '@playwright/test'
import { closeDialog, dialog, isThere, key, openDialog, press, type Scene } from './scene.ts'

/** Every screen of an administrator, in an order in which one leads to the next, in any language. */

const chooseDevice = async (page: Page, name: string): Promise<void> => {
  const row = page.locator('.record-table__row').filter({ hasText: name })
  await press(row)
  await expect(row).toHaveAttribute('aria-selected', 'true')
}

const DEVICES: readonly Scene[] = [
  {
    name: 'PCs',
    show: async (page) => {
      await key('Alt+1')(page)
      await isThere(page, '.record-table__row')
    }
  },
  {
    name: 'use of a PC about to be stopped',
    show: async (page) => {
      await chooseDevice(page, '삼성2동-민원-07')
      await openDialog(page, () => press(page.locator('.office-pane .button--warn')))
    },
    leave: closeDialog
  },
  {
    name: 'PC about to be wiped, with a wrong name',
    show: async (page) => {
      await openDialog(page, () => press(page.locator('.office-pane .button--danger')))
      await page.keyboard.press('Enter')
      await isThere(page, 'dialog [aria-invalid="true"]')
    },
    leave: closeDialog
  },
  {
    name: 'PC whose use is stopped',
    show: async (page) => {
      await chooseDevice(page, '논현2동-복지-03')
      await isThere(page, '.office-pane .banner')
    }
  },
  {
    name: 'PC that is to wipe itself',
    show: async (page) => {
      await chooseDevice(page, '개포1동-창구-05')
      await isThere(page, '.wipe-progress')
    }
  },
  {
    name: 'PC with a long name',
    show: (page) => chooseDevice(page, '대치4동-상담실')
  }
]

const CODES: readonly Scene[] = [
  {
    name: 'codes',
    show: async (page) => {
      await key('Alt+2')(page)
      await isThere(page, '.record-table__row')
    }
  },
  { name: 'code being asked for', show: (page) => openDialog(page, () => key('F2')(page)) },
  {
    name: 'code as it is shown once',
    show: async (page) => {
      await page.keyboard.press('Enter')
      await isThere(page, '[data-code]')
    },
    leave: closeDialog
  }
]

const screen = (name: string, keys: string, mark: string): Scene => ({
  name,
  show: async (page) => {
    await key(keys)(page)
    await isThere(page, mark)
  }
})

const ACCOUNTS: readonly Scene[] = [
  screen('accounts', 'Alt+7', '.office-pane'),
  {
    name: 'rights about to be revoked, without grounds',
    show: async (page) => {
      await openDialog(page, () => press(page.locator('.office-pane .button--warn')))
      await press(page.locator('dialog[open] [type=submit]'))
      await isThere(page, 'dialog [aria-invalid="true"]')
    },
    leave: closeDialog
  },
  {
    name: 'rights being changed, in part',
    show: async (page) => {
      await openDialog(page, () => press(page.locator('.office-pane__acts .button--outlined').nth(1)))
      for (const all of await page.locator('.grant-part > label input').all()) await all.uncheck({ force: true })
      await isThere(page, '.grant-part__choices')
    },
    leave: closeDialog
  },
  {
    name: 'grants register',
    show: async (page) => {
      await press(page.locator('[role=tab]').last())
      await isThere(page, '.paging')
    },
    leave: (page) => press(page.locator('[role=tab]').first())
  },
  {
    name: 'password being set, too weak',
    show: async (page) => {
      await openDialog(page, () => press(page.locator('.office-pane__acts .button--outlined')))
      await page.keyboard.press('Enter')
      await isThere(page, 'dialog [aria-invalid="true"]')
    },
    leave: closeDialog
  },
  {
    name: 'new account with mistakes',
    show: async (page) => {
      await openDialog(page, () => key('F2')(page))
      await page.keyboard.press('Enter')
      await expect(dialog(page).locator('[aria-invalid="true"]')).toHaveCount(7)
    },
    leave: closeDialog
  }
]

export const OFFICE_SCENES: readonly Scene[] = [
  ...DEVICES,
  ...CODES,
  screen('time of use', 'Alt+3', '.lease form'),
  screen('data to receive', 'Alt+4', '.record-table__row'),
  screen('rescues', 'Alt+5', '.record-table__row, .state__title'),
  screen('restore gate', 'Alt+6', '.figures, .state__title'),
  screen('copies of the destroyed', 'Alt+8', '.record-table__row, .state__title'),
  ...ACCOUNTS,
  screen('settings of an administrator', 'Alt+0', '.settings')
]

/** The unsent work of a PC whose use was stopped waits to be released. */
export const RESCUE_SCENES: readonly Scene[] = [
  screen('rescues with parked work', 'Alt+5', '.record-table__row button'),
  {
    name: 'parked work about to be released',
    show: (page) => openDialog(page, () => press(page.locator('.record-table__row button'))),
    leave: closeDialog
  }
]

/** The gate is shut. */
export const GATE_SCENES: readonly Scene[] = [
  screen('restore gate, shut', 'Alt+6', '.gate-progress'),
  {
    name: 'restore gate about to be opened, without a reason',
    show: async (page) => {
      await openDialog(page, () => press(page.locator('.screen__head .button--danger')))
      await press(dialog(page).locator('button[type=submit]'))
      await isThere(page, 'dialog [aria-invalid="true"]')
    },
    leave: closeDialog
  }
]
