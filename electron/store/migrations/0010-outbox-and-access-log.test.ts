import { afterEach, expect, test } from 'vitest'
import { ok } from '#shared/foundation/result.ts'
import { openTestStore, type TestStore } from '../testing/test-store.ts'

let store: TestStore
afterEach(() => store.close())

const id = (last: number): Buffer => Buffer.from(`0193000000007000800000000000000${last}`, 'hex')

test('from an empty file, everything that the PC makes itself has its place and comes back as it was put in', () => {
  store = openTestStore({ version: 0 })
  store.migrateTo(10)
  store.db.write((tx) => {
    tx.run('INSERT INTO meta (key, value) VALUES (?, ?)', 'cursor', '7')
    tx.run(
      'INSERT INTO outbox (device_seq, command_id, case_id, body, issued_at, status, refusal) VALUES (?, ?, ?, ?, ?, ?, ?)',
      ...[1, id(1), id(2), '{}', '2026-11-23T01:00:00.000Z', 'refused', '{"type":"CaseNotFound"}']
    )
    tx.run('INSERT INTO acknowledged (device_seq, rev) VALUES (?, ?)', 1, 4)
    tx.run('INSERT INTO confirmed_cases (case_id, body) VALUES (?, ?)', id(2), null)
    tx.run('INSERT INTO access_log (no, body, previous_hash, hash) VALUES (?, ?, ?, ?)', 1, '{}', id(3), id(4))
    tx.run('INSERT INTO access_subjects (case_id, no) VALUES (?, ?)', id(2), 1)
    tx.run(
      'INSERT INTO drafts (id, account_id, kind, case_id, title, body, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
      ...[id(5), id(6), 'intake', null, '김', '{}', '2026-11-23T01:00:00.000Z']
    )
    tx.run('INSERT INTO staff (id, display_name) VALUES (?, ?)', id(6), '담당자')
    return ok(null)
  })
  expect({
    meta: store.db.all('SELECT key, value FROM meta'),
    outbox: store.db.all('SELECT device_seq, command_id, case_id, body, issued_at, status, refusal FROM outbox'),
    acknowledged: store.db.all('SELECT device_seq, rev FROM acknowledged'),
    confirmed: store.db.all('SELECT case_id, body FROM confirmed_cases'),
    log: store.db.all('SELECT no, body, previous_hash, hash FROM access_log'),
    subjects: store.db.all('SELECT case_id, no FROM access_subjects'),
    drafts: store.db.all('SELECT id, account_id, kind, case_id, title, body, updated_at FROM drafts'),
    staff: store.db.all('SELECT id, display_name FROM staff')
  }).toEqual({
    meta: [{ key: 'cursor', value: '7' }],
    outbox: [
      {
        device_seq: 1,
        command_id: id(1),
        case_id: id(2),
        body: '{}',
        issued_at: '2026-11-23T01:00:00.000Z',
        status: 'refused',
        refusal: '{"type":"CaseNotFound"}'
      }
    ],
    acknowledged: [{ device_seq: 1, rev: 4 }],
    confirmed: [{ case_id: id(2), body: null }],
    log: [{ no: 1, body: '{}', previous_hash: id(3), hash: id(4) }],
    subjects: [{ case_id: id(2), no: 1 }],
    drafts: [
      {
        id: id(5),
        account_id: id(6),
        kind: 'intake',
        case_id: null,
        title: '김',
        body: '{}',
        updated_at: '2026-11-23T01:00:00.000Z'
      }
    ],
    staff: [{ id: id(6), display_name: '담당자' }]
  })
})

test('a command cannot be refused without a reason, nor wait with one', () => {
  store = openTestStore({ version: 0 })
  store.migrateTo(10)
  const insert = (status: string, refusal: string | null) => () =>
    store.db.write((tx) => {
      tx.run(
        'INSERT INTO outbox (command_id, case_id, body, issued_at, status, refusal) VALUES (?, ?, ?, ?, ?, ?)',
        ...[id(1), id(2), '{}', '2026-11-23T01:00:00.000Z', status, refusal]
      )
      return ok(null)
    })
  expect(insert('refused', null)).toThrow('CHECK')
  expect(insert('waiting', '{}')).toThrow('CHECK')
  expect(insert('sent', null)).toThrow('CHECK')
})
