import { afterEach, expect, test } from 'vitest'
import { ok } from '#shared/foundation/result.ts'
import { openTestStore, type TestStore } from '../testing/test-store.ts'

let store: TestStore
afterEach(() => store.close())

const ID = Buffer.from('01930000000070008000000000000001', 'hex')

test('a store of version 160 keeps its batches and begins a ledger of provisions', () => {
  store = openTestStore({ version: 160 })
  store.db.write((tx) => {
    tx.run("INSERT INTO destruction_batches (id, head) VALUES (?, '{}')", ID)
    return ok(null)
  })
  store.migrateTo(180)
  expect(store.db.all('SELECT id, head FROM destruction_batches')).toEqual([{ id: ID, head: '{}' }])
  expect(store.db.all('SELECT id, run FROM provision_runs')).toEqual([])
  expect(store.db.all('SELECT run_id, case_id, no, line FROM provision_lines')).toEqual([])
})
