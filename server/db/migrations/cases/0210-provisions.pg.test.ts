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
const AT = '2026-11-26T00:00:00.000Z'

test('ledgers that were there keep their lines and take those of files and recipients; a number is given once', async () => {
  await history.pool.query(`INSERT INTO destruction_batches VALUES ($1, '11680', 'verifying', 1, '{}')`, [ID])
  const copy = 'INSERT INTO batch_copies (batch_id, place, ref, opened_at, seq) VALUES'
  await history.pool.query(`${copy} ($1, 'desk', $1, $2, 3)`, [ID, AT])
  await history.to(210)
  await history.pool.query(`${copy} ($1, 'export', $1, $2, 3), ($1, 'recipient', $1, $2, 3)`, [ID, AT])
  const { rows } = await history.pool.query('SELECT place FROM batch_copies ORDER BY place')
  expect(rows.map(({ place }) => place)).toEqual(['desk', 'export', 'recipient'])
  await expect(history.pool.query(`${copy} ($1, 'attic', $1, $2, 3)`, [ID, AT])).rejects.toThrow('check constraint')
  const run = `INSERT INTO provision_runs VALUES (gen_random_uuid(), '11680', 2026, 1, '2026-11-26', 4, '{}')`
  await history.pool.query(run)
  await expect(history.pool.query(run)).rejects.toThrow('duplicate key')
})
