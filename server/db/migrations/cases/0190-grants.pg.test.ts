import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MigrationTest, openMigrationTest } from '../../../testing/test-migrations.ts'
import { CASES_MIGRATIONS } from '../index.ts'

let history: MigrationTest
beforeEach(async () => {
  history = await openMigrationTest(CASES_MIGRATIONS)
  await history.to(140)
})
afterEach(() => history.close())

const [WORKS, LEFT] = ['01935a00-0000-7000-8000-000000000001', '01935a00-0000-7000-8000-000000000002']

test('who was there keeps what she could, from the day in Korea she came; who had left stands as revoked', async () => {
  await history.pool.query(
    `INSERT INTO accounts (id, login, display_name, department, role, district_code, password_hash, created_at, disabled_at)
     VALUES ($1, 'works', '김', '', 'caseworker', '11680', 'x', '2026-01-01T16:00:00Z', NULL),
       ($2, 'left', '이', '', 'supervisor', '11680', 'x', '2026-01-02T00:00:00Z', '2026-03-01T00:00:00Z')`,
    [WORKS, LEFT]
  )
  await history.to(190)
  const { rows: accounts } = await history.pool.query(
    'SELECT id, grant_starts, grant_ends, edits, reveals FROM accounts ORDER BY id'
  )
  const all = { grant_ends: null, edits: null, reveals: null }
  expect(accounts).toEqual([
    { id: WORKS, grant_starts: '2026-01-02', ...all },
    { id: LEFT, grant_starts: '2026-01-02', ...all }
  ])
  const { rows } = await history.pool.query('SELECT kind, account_id, before, after FROM grant_entries ORDER BY no')
  const terms = { startsOn: '2026-01-02', endsOn: null, edits: null, reveals: null }
  expect(rows).toEqual([
    { kind: 'given', account_id: WORKS, before: null, after: terms },
    { kind: 'given', account_id: LEFT, before: null, after: terms },
    { kind: 'revoked', account_id: LEFT, before: terms, after: null }
  ])
})

test('a line of the register is never changed or taken out', async () => {
  await history.to(190)
  await history.pool.query(
    `INSERT INTO accounts (id, login, display_name, department, role, district_code, password_hash, created_at, grant_starts, grant_since)
     VALUES ($1, 'works', '김', '', 'caseworker', '11680', 'x', now(), '2026-01-01', now())`,
    [WORKS]
  )
  await history.pool.query(
    `INSERT INTO grant_entries (id, at, kind, account_id, login, display_name, role, district_code, document, reason)
     VALUES ($1, now(), 'given', $1, 'works', '김', 'caseworker', '11680', '-', '새로')`,
    [WORKS]
  )
  for (const change of ["UPDATE grant_entries SET reason = '다른'", 'DELETE FROM grant_entries']) {
    await expect(history.pool.query(change)).rejects.toThrow('only added')
  }
})
