import { isThere, key, press, type Scene } from './scene.ts'

/** The access log at the desk of somebody who checks it; a PC of the district has sent its own. */
export const ACCESS_LOG_SCENES: readonly Scene[] = [
  {
    name: 'access log',
    show: async (page) => {
      await key('Alt+9')(page)
      await press(page.locator('[role=tab]').first())
      await isThere(page, '.record-table__row')
    }
  },
  {
    name: 'access log with nothing like this',
    show: async (page) => {
      await page.locator('.log-filter select').last().selectOption('destroy')
      await isThere(page, '.state__title')
    },
    leave: async (page) => {
      await page.locator('.log-filter select').last().selectOption('')
      await isThere(page, '.record-table__row')
    }
  },
  {
    name: 'access log, a period that ends before it begins',
    show: async (page) => {
      await page.locator('.log-filter input').first().fill('2099-01-01')
      await isThere(page, '.banner--bad')
    },
    leave: async (page) => {
      await press(page.locator('.log-filter .chip').first())
      await isThere(page, '.record-table__row')
    }
  },
  {
    name: 'access log by PC',
    show: async (page) => {
      await press(page.locator('[role=tab]').nth(1))
      await isThere(page, '.office-pane')
    }
  },
  {
    name: 'months of the access log, none is over yet',
    show: async (page) => {
      await press(page.locator('[role=tab]').last())
      await isThere(page, '.state__title')
    }
  }
]
