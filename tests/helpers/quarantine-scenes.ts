import { closeDialog, isThere, key, openDialog, press, type Scene } from './scene.ts'

/** The screens of the privacy officer that nobody else has; something lies in quarantine. */
export const QUARANTINE_SCENES: readonly Scene[] = [
  {
    name: 'quarantine',
    show: async (page) => {
      await key('Alt+7')(page)
      await isThere(page, '.record-table__row')
    }
  },
  {
    name: 'quarantined change marked',
    show: async (page) => {
      await key('x')(page)
      await isThere(page, '.quarantine__mark:checked')
    },
    leave: key('x')
  },
  {
    name: 'quarantined change about to be destroyed, without a reason',
    show: async (page) => {
      await openDialog(page, () => press(page.locator('.office-pane .button--danger')))
      await page.keyboard.press('Enter')
      await isThere(page, 'dialog [aria-invalid="true"]')
    },
    leave: closeDialog
  }
]

/** What a caseworker has to decide of a case that came from another district; something was handed over. */
export const HANDED_OVER_SCENES: readonly Scene[] = [
  {
    name: 'handed over',
    show: async (page) => {
      await key('Alt+5')(page)
      await isThere(page, '[data-to="handed-over"]')
      await key('F4')(page)
      await isThere(page, '.record-table__row')
    }
  },
  {
    name: 'handed-over change about to be applied',
    show: (page) => openDialog(page, () => key('e')(page)),
    leave: closeDialog
  },
  {
    name: 'handed-over change about to be given up, without a reason',
    show: async (page) => {
      await openDialog(page, () => key('Delete')(page))
      await page.keyboard.press('Enter')
      await isThere(page, 'dialog [aria-invalid="true"]')
    },
    leave: closeDialog
  }
]
