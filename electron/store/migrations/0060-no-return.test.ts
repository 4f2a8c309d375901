import { afterEach, expect, test } from 'vitest'
import { ok } from '#shared/foundation/result.ts'
import { openTestStore, type TestStore } from '../testing/test-store.ts'

let store: TestStore
afterEach(() => store.close())

const id = (last: number): Buffer => Buffer.from(`0193000000007000800000000000000${last}`, 'hex')
const AT = '2026-11-23T01:00:00.000Z'

test('a file from before remembers from now on what was answered, what came and what went', () => {
  store = openTestStore({ version: 30 })
  store.db.write((tx) => {
    tx.run('INSERT INTO meta (key, value) VALUES (?, ?)', 'sync.cursor', '7')
    return ok(null)
  })
  store.migrateTo(60)
  store.db.write((tx) => {
    tx.run('INSERT INTO sent VALUES (?, ?, ?, ?, ?)', 1, id(2), '{}', '{}', AT)
    tx.run('INSERT INTO received_cases VALUES (?, ?)', id(2), 9)
    tx.run('INSERT INTO gone_cases VALUES (?, ?, ?)', id(3), 'scope', 8)
    return ok(null)
  })
  expect({
    meta: store.db.all('SELECT key, value FROM meta'),
    sent: store.db.all('SELECT device_seq, case_id, command, outcome, at FROM sent'),
    received: store.db.all('SELECT case_id, seq FROM received_cases'),
    gone: store.db.all('SELECT case_id, reason, seq FROM gone_cases')
  }).toEqual({
    meta: [{ key: 'sync.cursor', value: '7' }],
    sent: [{ device_seq: 1, case_id: id(2), command: '{}', outcome: '{}', at: AT }],
    received: [{ case_id: id(2), seq: 9 }],
    gone: [{ case_id: id(3), reason: 'scope', seq: 8 }]
  })
})

test('a case goes for a reason that has words', () => {
  store = openTestStore({ version: 60 })
  const go = () =>
    store.db.write((tx) => {
      tx.run('INSERT INTO gone_cases VALUES (?, ?, ?)', id(1), 'lost', 1)
      return ok(null)
    })
  expect(go).toThrow('CHECK')
})
