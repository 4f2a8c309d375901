import { afterEach, expect, test } from 'vitest'
import { ok } from '#shared/foundation/result.ts'
import { openTestStore, type TestStore } from '../testing/test-store.ts'

let store: TestStore
afterEach(() => store.close())

const id = Buffer.from('01930000000070008000000000000001', 'hex')

test('a store of version 30 keeps its outbox and gets a place for what is parked and for documents', () => {
  store = openTestStore({ version: 30 })
  store.db.write((tx) => {
    tx.run(
      `INSERT INTO outbox (device_seq, command_id, case_id, body, issued_at, status) VALUES (1, ?, ?, '{}', '', 'waiting')`,
      id,
      id
    )
    return ok(null)
  })
  store.migrateTo(70)
  store.db.write((tx) => {
    tx.run(
      `INSERT INTO parked_items (id, application_no, cause, amount, parked_at) VALUES (?, '', 'missing', 3, '')`,
      id
    )
    tx.run(
      `INSERT INTO attachments (document_id, case_id, body, state, attached_at) VALUES (?, ?, '{}', 'waiting', '')`,
      id,
      id
    )
    tx.run(
      `INSERT INTO document_chunks (sha256, case_id, document_id, place, state, used_at, content)
       VALUES (?, ?, ?, 0, 'unsent', '', ?)`,
      ...[id, id, id, id]
    )
    return ok(null)
  })
  expect({
    attachments: store.db.all('SELECT document_id, state, refusal FROM attachments'),
    chunks: store.db.all('SELECT no, sha256, state, content FROM document_chunks'),
    outbox: store.db.all('SELECT device_seq, command_id, status FROM outbox'),
    parked: store.db.all('SELECT id, device_seq, case_id, name, cause, amount FROM parked_items')
  }).toEqual({
    attachments: [{ document_id: id, state: 'waiting', refusal: null }],
    chunks: [{ no: 1, sha256: id, state: 'unsent', content: id }],
    outbox: [{ device_seq: 1, command_id: id, status: 'waiting' }],
    parked: [{ id, device_seq: null, case_id: null, name: null, cause: 'missing', amount: 3 }]
  })
})
