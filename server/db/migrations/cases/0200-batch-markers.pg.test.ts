import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MigrationTest, openMigrationTest } from '../../../testing/test-migrations.ts'
import { CASES_MIGRATIONS } from '../index.ts'

let history: MigrationTest
beforeEach(async () => {
  history = await openMigrationTest(CASES_MIGRATIONS)
  await history.to(190)
})
afterEach(() => history.close())

const ID = '01935a00-0000-7000-8000-000000000001'

test('a batch that was executed before has no markers; one of now has those of each case once', async () => {
  await history.pool.query(`INSERT INTO destruction_batches VALUES ($1, '11680', 'verifying', 1, '{}')`, [ID])
  await history.to(200)
  const { rows } = await history.pool.query('SELECT case_id FROM batch_markers')
  expect(rows).toEqual([])
  const keep = `INSERT INTO batch_markers VALUES ($1, $1, '\\x00')`
  await history.pool.query(keep, [ID])
  await expect(history.pool.query(keep, [ID])).rejects.toThrow('duplicate key')
})

test('a search is numbered and names its batch and who asked for it', async () => {
  await history.pool.query(`INSERT INTO destruction_batches VALUES ($1, '11680', 'verifying', 1, '{}')`, [ID])
  await history.to(200)
  const nobody = history.pool.query(
    `INSERT INTO batch_verifications (batch_id, at, by_id, cases, unmarked, places, closed)
     VALUES ($1, now(), $1, 2, 0, '[]', false)`,
    [ID]
  )
  await expect(nobody).rejects.toThrow('foreign key')
})
