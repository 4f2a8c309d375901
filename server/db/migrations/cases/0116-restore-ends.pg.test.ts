import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MigrationTest, openMigrationTest } from '../../../testing/test-migrations.ts'
import { CASES_MIGRATIONS } from '../index.ts'

let history: MigrationTest
beforeEach(async () => {
  history = await openMigrationTest(CASES_MIGRATIONS)
  await history.to(115)
})
afterEach(() => history.close())

test('a restore that was there keeps its end', async () => {
  const at = '2026-11-23T00:00:00.000Z'
  await history.pool.query(`INSERT INTO restores (generation, cause, begun_at) VALUES (7, 'witness', $1)`, [at])
  await history.pool.query(
    `INSERT INTO restore_gates (district_code, generation, stream_end, living_since, opened_seq) VALUES ('11680', 7, 42, $1, 1050)`,
    [at]
  )
  await history.to(116)
  const { rows } = await history.pool.query(
    'SELECT generation, district_code, stream_end, opened_seq FROM restore_ends'
  )
  expect(rows).toEqual([{ generation: 7, district_code: '11680', stream_end: 42, opened_seq: 1050 }])
})
