import { afterEach, expect, test } from 'vitest'
import { ok } from '#shared/foundation/result.ts'
import { openTestStore, type TestStore } from '../testing/test-store.ts'

let store: TestStore
afterEach(() => store.close())

const id = Buffer.from('01930000000070008000000000000001', 'hex')

test('a store of version 10 keeps what it has and gets its place for cases', () => {
  store = openTestStore({ version: 10 })
  store.db.write((tx) => {
    tx.run('INSERT INTO meta (key, value) VALUES (?, ?)', 'sync.cursor', '7')
    return ok(null)
  })
  store.migrateTo(20)
  store.db.write((tx) => {
    tx.run(
      `INSERT INTO cases (no, id, application_no, applicant_name, service, dong_code, state, applied_on, due_on, waiting,
         searchable) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[1, id, '2026-11-0001', '강소미', 'taxi', '1168064000', 'received', '2026-11-20', null, 0, '강소미']
    )
    tx.run('INSERT INTO case_bodies (no, body) VALUES (?, ?)', 1, '{}')
    tx.run('INSERT INTO case_codes (kind, code, number) VALUES (?, ?, ?)', 'state', 'received', 1)
    tx.run('INSERT INTO case_facts (segment, version, facts) VALUES (?, ?, ?)', 0, 1, id)
    tx.run('INSERT INTO case_name_keys (segment, keys) VALUES (?, ?)', 0, id)
    tx.run('INSERT INTO case_number_keys (segment, keys) VALUES (?, ?)', 0, id)
    return ok(null)
  })
  expect({
    meta: store.db.all('SELECT key, value FROM meta'),
    cases: store.db.all('SELECT no, id, application_no, applicant_name, waiting, due_on, searchable FROM cases'),
    bodies: store.db.all('SELECT no, body FROM case_bodies'),
    totals: store.db.all('SELECT one, cases, last_no, version FROM case_totals'),
    codes: store.db.all('SELECT kind, code, number FROM case_codes'),
    facts: store.db.all('SELECT segment, version, facts FROM case_facts'),
    names: store.db.all('SELECT segment, keys FROM case_name_keys'),
    numbers: store.db.all('SELECT segment, keys FROM case_number_keys')
  }).toEqual({
    meta: [{ key: 'sync.cursor', value: '7' }],
    cases: [
      {
        no: 1,
        id,
        application_no: '2026-11-0001',
        applicant_name: '강소미',
        waiting: 0,
        due_on: null,
        searchable: '강소미'
      }
    ],
    bodies: [{ no: 1, body: '{}' }],
    totals: [{ one: 1, cases: 0, last_no: 0, version: 0 }],
    codes: [{ kind: 'state', code: 'received', number: 1 }],
    facts: [{ segment: 0, version: 1, facts: id }],
    names: [{ segment: 0, keys: id }],
    numbers: [{ segment: 0, keys: id }]
  })
})
