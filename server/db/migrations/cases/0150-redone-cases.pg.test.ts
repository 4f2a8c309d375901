import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MigrationTest, openMigrationTest } from '../../../testing/test-migrations.ts'
import { CASES_MIGRATIONS } from '../index.ts'

let history: MigrationTest
beforeEach(async () => {
  history = await openMigrationTest(CASES_MIGRATIONS)
  await history.to(140)
})
afterEach(() => history.close())

test('a restore that was there goes on, and of each case it knows once how it stood', async () => {
  const at = '2026-11-23T00:00:00.000Z'
  const id = '01935a00-0000-7000-8000-000000000001'
  await history.pool.query(`INSERT INTO restores (generation, cause, begun_at) VALUES (7, 'witness', $1)`, [at])
  await history.to(150)
  const note = 'INSERT INTO redone_cases (case_id, generation, rev) VALUES ($1, 7, 3)'
  await history.pool.query(note, [id])
  await expect(history.pool.query(note, [id])).rejects.toMatchObject({ code: '23505' })
})
