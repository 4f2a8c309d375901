import { afterEach, expect, test } from 'vitest'
import { ok } from '#shared/foundation/result.ts'
import { openTestStore, type TestStore } from '../testing/test-store.ts'

let store: TestStore
afterEach(() => store.close())

const id = (last: number) => Buffer.from(`0193000000007000800000000000000${last}`, 'hex')

test('a store of version 120 keeps its outbox and its journal, and gets a place for acts on batches', () => {
  store = openTestStore({ version: 120 })
  store.db.write((tx) => {
    const waiting = `INSERT INTO outbox (device_seq, command_id, case_id, body, issued_at, status) VALUES (?, ?, ?, '{}', 'at', 'waiting')`
    tx.run(waiting, 7, id(1), id(5))
    tx.run(
      `INSERT INTO outbox (device_seq, command_id, case_id, body, issued_at, status, refusal)
       VALUES (8, ?, ?, '{}', 'at', 'refused', '{}')`,
      id(2),
      id(5)
    )
    tx.run(`INSERT INTO sent (device_seq, case_id, command, outcome, at) VALUES (6, ?, '{}', '{}', 'at')`, id(5))
    return ok(null)
  })
  store.migrateTo(150)
  store.db.write((tx) => {
    tx.run(
      `INSERT INTO outbox (device_seq, command_id, batch_id, body, issued_at, status) VALUES (9, ?, ?, '{}', 'at', 'waiting')`,
      id(3),
      id(6)
    )
    return ok(null)
  })
  expect({
    outbox: store.db.all('SELECT device_seq, command_id, case_id, batch_id, status, refusal FROM outbox'),
    sent: store.db.all('SELECT device_seq, case_id, command, outcome, at FROM sent')
  }).toEqual({
    outbox: [
      { device_seq: 7, command_id: id(1), case_id: id(5), batch_id: null, status: 'waiting', refusal: null },
      { device_seq: 8, command_id: id(2), case_id: id(5), batch_id: null, status: 'refused', refusal: '{}' },
      { device_seq: 9, command_id: id(3), case_id: null, batch_id: id(6), status: 'waiting', refusal: null }
    ],
    sent: [{ device_seq: 6, case_id: id(5), command: '{}', outcome: '{}', at: 'at' }]
  })
})

test('an entry belongs to a case or to a batch, never to both and never to neither', () => {
  store = openTestStore({ version: 150 })
  const insert = (caseId: Buffer | null, batchId: Buffer | null) => () =>
    store.db.write((tx) => {
      tx.run(
        `INSERT INTO outbox (device_seq, command_id, case_id, batch_id, body, issued_at, status)
         VALUES (1, ?, ?, ?, '{}', '', 'waiting')`,
        ...[id(1), caseId, batchId]
      )
      return ok(null)
    })
  expect(insert(id(5), id(6))).toThrow(/CHECK/)
  expect(insert(null, null)).toThrow(/CHECK/)
})
