import { expect, test } from 'vitest'
import { openTestStore } from '../testing/test-store.ts'

test('no case of a store of before waits to be given up by the index', () => {
  const store = openTestStore({ version: 160 })
  store.migrateTo(190)
  expect(store.db.all('SELECT no FROM search_gone')).toEqual([])
  expect(store.db.all('SELECT one FROM search_meta')).toEqual([{ one: 1 }])
  store.close()
})
