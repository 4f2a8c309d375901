import type { Page } from '@playwright/test'
import { closeDialog, dialog, isThere, openDialog, press, type Scene } from './scene.ts'

const toReports = async (page: Page): Promise<void> => {
  await press(page.locator('[data-screen="reports"]'))
  await isThere(page, '.report-pane')
}

/** 보고서 at the desk of somebody who oversees; one report was given out. */
export const REPORT_SCENES: readonly Scene[] = [
  { name: 'reports', show: toReports },
  {
    name: 'new report',
    show: (page) => openDialog(page, () => page.keyboard.press('F2')),
    leave: closeDialog
  },
  {
    name: 'new report with what is missing',
    show: async (page) => {
      await openDialog(page, () => page.keyboard.press('F2'))
      await dialog(page).locator('select').last().selectOption('xlsx_encrypted')
      await press(dialog(page).locator('button[type=submit]'))
      await isThere(page, '.field--bad, [aria-invalid=true]')
    },
    leave: closeDialog
  },
  {
    name: 'deletion of a report',
    show: (page) => openDialog(page, () => page.keyboard.press('Delete')),
    leave: closeDialog
  }
]
