import { afterEach, expect, test } from 'vitest'
import { ok } from '#shared/foundation/result.ts'
import { openTestStore, type TestStore } from '../testing/test-store.ts'

let store: TestStore
afterEach(() => store.close())

const ID = Buffer.from('01930000000070008000000000000002', 'hex')
const AT = '2026-11-23T01:00:00.000Z'

test('what a file from before had sent stays, beside what it keeps sealed from now on', () => {
  store = openTestStore({ version: 80 })
  store.db.write((tx) => {
    tx.run('INSERT INTO sent VALUES (?, ?, ?, ?, ?)', 1, ID, '{}', '{}', AT)
    return ok(null)
  })
  store.migrateTo(90)
  store.db.write((tx) => {
    tx.run('INSERT INTO sent_sealed VALUES (?, ?, ?, ?, ?)', 2, ID, '{}', Buffer.from([1]), AT)
    tx.run('INSERT INTO sent_sealed VALUES (?, ?, ?, NULL, ?)', 3, ID, '{}', AT)
    return ok(null)
  })
  expect({
    sent: store.db.all('SELECT device_seq, case_id, command, outcome, at FROM sent'),
    sealed: store.db.all('SELECT device_seq, command_id, outcome, sealed, at FROM sent_sealed')
  }).toEqual({
    sent: [{ device_seq: 1, case_id: ID, command: '{}', outcome: '{}', at: AT }],
    sealed: [
      { device_seq: 2, command_id: ID, outcome: '{}', sealed: Buffer.from([1]), at: AT },
      { device_seq: 3, command_id: ID, outcome: '{}', sealed: null, at: AT }
    ]
  })
})
