import { afterEach, expect, test } from 'vitest'
import { ok } from '#shared/foundation/result.ts'
import { openTestStore, type TestStore } from '../testing/test-store.ts'

let store: TestStore
afterEach(() => store.close())

test('the cases of a store of version 30 have no conflicts, and those that get some are found by themselves', () => {
  store = openTestStore({ version: 30 })
  store.db.write((tx) => {
    for (const no of [1, 2]) {
      tx.run(
        `INSERT INTO cases (no, id, application_no, applicant_name, service, dong_code, state, applied_on, due_on, waiting,
           searchable) VALUES (?, ?, '2026-11-0001', '강소미', 'taxi', '1168064000', 'received', '2026-11-20', NULL, 0, '')`,
        no,
        Buffer.alloc(16, no)
      )
    }
    return ok(null)
  })
  store.migrateTo(40)
  expect(store.db.all('SELECT no, conflicts FROM cases')).toEqual([
    { no: 1, conflicts: 0 },
    { no: 2, conflicts: 0 }
  ])
  store.db.write((tx) => ok(tx.run('UPDATE cases SET conflicts = 3 WHERE no = 2')))
  const count = 'SELECT sum(conflicts) FROM cases WHERE conflicts > 0'
  expect(store.db.pluck(count)).toBe(3)
  expect(store.db.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${count}`).map(({ detail }) => detail)).toEqual([
    expect.stringContaining('COVERING INDEX cases_in_conflict')
  ])
})
