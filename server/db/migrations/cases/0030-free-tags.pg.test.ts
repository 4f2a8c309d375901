import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MigrationTest, openMigrationTest } from '../../../testing/test-migrations.ts'
import { CASES_MIGRATIONS } from '../index.ts'

let history: MigrationTest
beforeEach(async () => {
  history = await openMigrationTest(CASES_MIGRATIONS)
})
afterEach(() => history.close())

const CASE = '01935a00-0000-7000-8000-000000000001'

test('tags that were there stay, and are no longer bound to the row of their case', async () => {
  await history.to(20)
  await history.pool.query(
    `INSERT INTO cases VALUES ($1, '11680', '1168064000', 'postpartum', 'received', '2026-11-20', NULL, '2026-11-0001', NULL, 1, 1, '{}', '\\x00')`,
    [CASE]
  )
  await history.pool.query("INSERT INTO blind_indexes VALUES ('\\x0a', 'phone', $1)", [CASE])
  const tags = async () => (await history.pool.query('SELECT tag, kind, case_id FROM blind_indexes')).rows
  const before = await tags()
  await history.to(30)
  expect(await tags()).toEqual(before)
  await history.pool.query('DELETE FROM cases')
  expect(await tags()).toEqual(before)
})
