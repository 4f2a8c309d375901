import { expect, type Locator, type Page } from '@playwright/test'
import { closeDialog, dialog, isThere, key, openDialog, press, type Scene } from './scene.ts'
import { search } from './screens.ts'

/** Every screen of an unlocked desk in every state it has, in an order in which one leads to the next, in any language. */

const tab = (page: Page, at: number): Locator => page.getByRole('tab').nth(at)
const showTab = async (page: Page, at: number): Promise<void> => {
  await press(tab(page, at))
  await expect(tab(page, at)).toHaveAttribute('aria-selected', 'true')
}
const leaveEditor = async (page: Page): Promise<void> => {
  await page.locator('.editor input').last().press('Escape')
  await expect(page.locator('.editor')).toHaveCount(0)
}
const section = (page: Page, name: string): Locator => page.locator(`[data-section="${name}"]`)

const LIST: readonly Scene[] = [
  {
    name: 'today',
    show: async (page) => {
      await key('Alt+1')(page)
      await isThere(page, '.today .due-table')
    }
  },
  {
    name: 'list',
    show: async (page) => {
      await key('Alt+2')(page)
      await isThere(page, '.case-table__row')
    }
  },
  {
    name: 'preview of a case',
    show: async (page) => {
      await press(page.locator('.case-table__row').nth(2))
      await expect(page.locator('.case-preview__hint')).toHaveCount(0)
      await page.waitForFunction(() => document.querySelectorAll('.case-preview dt').length > 4)
    }
  },
  {
    name: 'reason for copying the list',
    show: (page) => openDialog(page, () => key('F8')(page)),
    leave: closeDialog
  },
  { name: 'keys', show: (page) => openDialog(page, () => key('F1')(page)), leave: closeDialog },
  {
    name: 'search results',
    show: async (page) => {
      await search(page, 'ㄱ')
      await isThere(page, '.case-table mark')
    }
  },
  {
    name: 'nothing found',
    show: async (page) => {
      await search(page, '흫흫흫흫')
      await isThere(page, '.state__title')
    },
    leave: async (page) => {
      await key('Escape')(page)
      await isThere(page, '.case-table__row')
    }
  }
]

const CASE: readonly Scene[] = [
  {
    name: 'case',
    show: async (page) => {
      await page.locator('.case-table__row').nth(2).press('Enter')
      await isThere(page, '.case-facts')
    }
  },
  {
    name: 'reason for seeing a masked value',
    show: (page) => openDialog(page, () => press(page.locator('.masked-value ~ button'))),
    leave: closeDialog
  },
  {
    name: 'applicant being corrected, with a mistake',
    show: async (page) => {
      await key('e')(page)
      await page.locator('.editor input[type=tel]').first().fill('12')
      await key('Control+Enter')(page)
      await isThere(page, '.editor [aria-invalid="true"]')
    },
    leave: leaveEditor
  },
  {
    name: 'application being corrected',
    show: async (page) => {
      await press(page.locator('.case-columns .stack > .card').nth(1).locator('.card__head button'))
      await isThere(page, '.editor')
    },
    leave: leaveEditor
  },
  { name: 'family', show: (page) => showTab(page, 1) },
  {
    name: 'family being corrected',
    show: async (page) => {
      const empty = page.locator('.card:has(.case-tab__empty) .card__head button')
      const canSkipReason = (await empty.count()) > 0
      await press(canSkipReason ? empty : page.locator('.case-tab .card__head button'))
      if (!canSkipReason) {
        await dialog(page).getByRole('textbox').fill('확인')
        await page.keyboard.press('Enter')
      }
      await isThere(page, '.editor')
      // An empty list gets somebody; in one with people the first button would take somebody out.
      if (canSkipReason) await press(page.locator('.editor button[type=button]'))
      await isThere(page, '.person-row')
    },
    leave: leaveEditor
  },
  { name: 'consents', show: (page) => showTab(page, 2) },
  {
    name: 'consent being answered',
    show: (page) => openDialog(page, () => press(page.locator('.case-tab .card__head button'))),
    leave: closeDialog
  },
  { name: 'documents', show: (page) => showTab(page, 3) },
  {
    name: 'document being attached, with mistakes',
    show: async (page) => {
      await openDialog(page, () => press(page.locator('.documents .card__head button')))
      await press(dialog(page).locator('button[type=submit]'))
      await isThere(page, 'dialog [aria-invalid="true"]')
    },
    leave: closeDialog
  },
  { name: 'why it is held', show: (page) => showTab(page, 4) },
  {
    name: 'hold being placed, with mistakes',
    show: async (page) => {
      await openDialog(page, () => key('h')(page))
      await press(dialog(page).locator('button[type=submit]'))
      await isThere(page, 'dialog [aria-invalid="true"]')
    },
    leave: closeDialog
  },
  { name: 'history', show: (page) => showTab(page, 5) },
  {
    name: 'state being changed',
    show: (page) => openDialog(page, () => press(page.locator('.case-head .button'))),
    leave: async (page) => {
      await closeDialog(page)
      await showTab(page, 0)
    }
  }
]

const INTAKE: readonly Scene[] = [
  {
    name: 'empty intake',
    show: async (page) => {
      await key('F2')(page)
      await section(page, 'applicant').waitFor()
    }
  },
  {
    name: 'intake with people and consents',
    show: async (page) => {
      await page.locator('[data-field="service"] select').selectOption('childcare_kin')
      for (const list of ['children', 'helpers', 'household']) {
        await press(section(page, list).locator('.people > .bar button'))
        await section(page, list).locator('.people__row').waitFor()
      }
      await page.locator('[data-consent]').first().waitFor()
    }
  },
  {
    name: 'intake with mistakes',
    show: async (page) => {
      await key('Control+Enter')(page)
      await isThere(page, '.issue-summary')
    }
  },
  {
    name: 'intake about to be thrown away',
    show: async (page) => openDialog(page, () => press(page.locator('.screen__head .button--danger'))),
    leave: async (page) => {
      await press(dialog(page).locator('.button--danger'))
      await expect(dialog(page)).toHaveCount(0)
      await expect(page.locator('[data-draft]')).toHaveAttribute('data-draft', 'pristine')
    }
  }
]

const REST: readonly Scene[] = [
  {
    name: 'outbox',
    show: async (page) => {
      await press(page.locator('.side-nav__way').nth(3))
      await isThere(page, '.outbox, .state__title')
    }
  },
  {
    name: 'conflicts',
    show: async (page) => {
      await key('Alt+5')(page)
      await isThere(page, '.conflicts, .state__title')
    }
  },
  {
    name: 'nothing handed over',
    show: async (page) => {
      await isThere(page, '[data-to="handed-over"]')
      await key('F4')(page)
      await isThere(page, '.record-table__row, .state__title')
    },
    leave: key('Escape')
  },
  {
    name: 'policy',
    show: async (page) => {
      await key('Alt+6')(page)
      await isThere(page, '.policy__labels')
    }
  },
  {
    name: 'settings',
    show: async (page) => {
      await key('Alt+0')(page)
      await isThere(page, '.settings')
      await page
        .locator('summary')
        .first()
        .evaluate((summary) => summary.closest('details')?.setAttribute('open', ''))
    }
  }
]

export const SCENES: readonly Scene[] = [...LIST, ...CASE, ...INTAKE, ...REST]
