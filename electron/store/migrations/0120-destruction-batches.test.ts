import { expect, test } from 'vitest'
import { openTestStore } from '../testing/test-store.ts'

test('a store that is older than destruction batches has none of them yet, and takes them from the first on', () => {
  const store = openTestStore({ version: 110 })
  store.migrateTo(120)
  expect(store.db.all('SELECT id, head FROM destruction_batches')).toEqual([])
  expect(store.db.all('SELECT batch_id, case_id, item FROM destruction_items')).toEqual([])
  expect(store.db.all("SELECT value FROM meta WHERE key = 'sync.batch_cursor'")).toEqual([])
  store.close()
})
