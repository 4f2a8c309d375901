import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MigrationTest, openMigrationTest } from '../../../testing/test-migrations.ts'
import { CASES_MIGRATIONS } from '../index.ts'

let history: MigrationTest
beforeEach(async () => {
  history = await openMigrationTest(CASES_MIGRATIONS)
})
afterEach(() => history.close())

const CASE = '01935a00-0000-7000-8000-000000000001'
const OTHER = '01935a00-0000-7000-8000-000000000002'
const addCase = (over: { id?: string; seq?: number; no?: string; district?: string } = {}) =>
  history.pool.query(
    `INSERT INTO cases VALUES ($1, $2, '1168064000', 'postpartum', 'received', '2026-11-20', NULL, $3, NULL, 1, $4, '{}', '\\x00')`,
    [over.id ?? CASE, over.district ?? '11680', over.no ?? '2026-11-0001', over.seq ?? 1]
  )

test('accounts and identity that were there stay as they are', async () => {
  await history.to(10)
  const before = await history.pool.query('SELECT id, created_at FROM centre')
  await history.to(20)
  const after = await history.pool.query('SELECT id, created_at FROM centre')
  expect(after.rows).toEqual(before.rows)
})

test('a case, its tags and its history are kept, and the tags go with the case', async () => {
  await history.to(20)
  await addCase()
  await history.pool.query("INSERT INTO blind_indexes VALUES ('\\x0a', 'phone', $1)", [CASE])
  const { rows } = await history.pool.query(
    `SELECT c.id, applied_on, due_on, rev, seq, field_revs, sealed, kind
     FROM cases c JOIN blind_indexes b ON b.case_id = c.id`
  )
  expect(rows).toEqual([
    {
      id: CASE,
      applied_on: '2026-11-20',
      due_on: null,
      rev: 1,
      seq: 1,
      field_revs: {},
      sealed: Buffer.from([0]),
      kind: 'phone'
    }
  ])
  await history.pool.query('DELETE FROM cases')
  expect((await history.pool.query('SELECT tag FROM blind_indexes')).rows).toEqual([])
})

test('no two cases of a district share a place in the stream or a number', async () => {
  await history.to(20)
  await addCase()
  await expect(addCase({ id: OTHER, no: '2026-11-0002' })).rejects.toThrow('cases_district_code_seq_key')
  await expect(addCase({ id: OTHER, seq: 2 })).rejects.toThrow('cases_district_code_application_no_key')
  await addCase({ id: OTHER, district: '11440' })
})
