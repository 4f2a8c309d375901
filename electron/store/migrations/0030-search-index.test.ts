import { afterEach, expect, test } from 'vitest'
import { ok } from '#shared/foundation/result.ts'
import { openTestStore, type TestStore } from '../testing/test-store.ts'

const stores: TestStore[] = []
afterEach(() => {
  for (const store of stores.splice(0)) store.close()
})

const openAt20 = (): TestStore => {
  const store = openTestStore({ version: 20 })
  stores.push(store)
  return store
}

test('a store of version 20 keeps its cases and gets an empty search index with a key of its own', () => {
  const [one, other] = [openAt20(), openAt20()]
  one.db.write((tx) => {
    tx.run('INSERT INTO case_bodies (no, body) VALUES (?, ?)', 1, '{}')
    return ok(null)
  })
  for (const store of [one, other]) store.migrateTo(30)
  expect(one.db.all('SELECT no, body FROM case_bodies')).toEqual([{ no: 1, body: '{}' }])
  expect(one.db.all('SELECT one FROM search_meta')).toEqual([{ one: 1 }])
  expect(one.db.all('SELECT key, postings FROM search_blocks')).toEqual([])
  expect(one.db.all('SELECT no, added, removed FROM search_recent')).toEqual([])
  const keyOf = ({ db }: TestStore) => db.pluck<Uint8Array>('SELECT term_key FROM search_meta')
  expect(keyOf(one)).toHaveLength(16)
  expect(keyOf(one)).not.toEqual(keyOf(other))
})
