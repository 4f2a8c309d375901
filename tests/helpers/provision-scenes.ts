import { closeDialog, dialog, isThere, key, openDialog, press, type Scene } from './scene.ts'

/** 제3자 제공 at the desk of an officer who has given once. */
export const PROVISION_SCENES: readonly Scene[] = [
  {
    name: 'provisions',
    show: async (page) => {
      await press(page.locator('[data-screen="provision"]'))
      await isThere(page, '.provision-lines tbody tr')
    }
  },
  {
    name: 'new provision',
    show: async (page) => {
      await openDialog(page, () => key('N')(page))
      await dialog(page).locator('select').selectOption('bgfRetail')
      await isThere(page, '.left-out tbody tr')
    },
    leave: closeDialog
  },
  {
    name: 'proof of a deletion',
    show: async (page) => {
      await openDialog(page, () => press(page.locator('[data-way="prove"]')))
    },
    leave: closeDialog
  }
]
