import { expect, test } from 'vitest'
import { openTestStore } from '../testing/test-store.ts'

test('an older store keeps its index, which counts as up to date', () => {
  const store = openTestStore({ version: 30 })
  store.migrateTo(80)
  expect(store.db.all('SELECT one, first_no, last_no, touched FROM search_behind')).toEqual([])
  expect(store.db.all('SELECT one FROM search_meta')).toEqual([{ one: 1 }])
  store.close()
})
