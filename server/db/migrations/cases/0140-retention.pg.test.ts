import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MigrationTest, openMigrationTest } from '../../../testing/test-migrations.ts'
import { CASES_MIGRATIONS } from '../index.ts'

let history: MigrationTest
beforeEach(async () => {
  history = await openMigrationTest(CASES_MIGRATIONS)
  await history.to(131)
})
afterEach(() => history.close())

const ID = '01935a00-0000-7000-8000-000000000001'

test('a case that was there has been judged by nobody yet, and what is found of it goes with it', async () => {
  await history.pool.query(
    `INSERT INTO cases (id, district_code, dong_code, service, state, applied_on, application_no, rev, seq, field_revs, sealed)
     VALUES ($1, '11680', '1168064000', 'taxi', 'closed', '2020-01-02', '2020-01-0001', 1, 1, '{}', 'x')`,
    [ID]
  )
  await history.to(140)
  const judged = async () => (await history.pool.query('SELECT case_id FROM case_retention')).rows
  expect(await judged()).toEqual([])
  await history.pool.query(
    `INSERT INTO case_retention (case_id, district_code, rev, kept_until, holds, is_unjudged)
     VALUES ($1, '11680', 1, '2026-12-31', 0, false)`,
    [ID]
  )
  await history.pool.query('DELETE FROM cases')
  expect(await judged()).toEqual([])
})
