import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MigrationTest, openMigrationTest } from '../../../testing/test-migrations.ts'
import { CASES_MIGRATIONS } from '../index.ts'

let history: MigrationTest
beforeEach(async () => {
  history = await openMigrationTest(CASES_MIGRATIONS)
  await history.to(140)
})
afterEach(() => history.close())

const ID = '01935a00-0000-7000-8000-000000000001'
const AT = '2026-11-26T00:00:00.000Z'

test('batches that were there get a ledger in which a line is open, proven, or written off with a name and a reason', async () => {
  await history.pool.query(`INSERT INTO destruction_batches VALUES ($1, '11680', 'verifying', 1, '{}')`, [ID])
  await history.to(170)
  const line = `INSERT INTO batch_copies (batch_id, place, ref, opened_at, seq, settled_at, settled_how) VALUES`
  await history.pool.query(`${line} ($1, 'desk', $1, $2, 3, NULL, NULL), ($1, 'centre', $1, $2, 3, $2, 'destroyed')`, [
    ID,
    AT
  ])
  const { rows } = await history.pool.query('SELECT place, settled_how FROM batch_copies ORDER BY place')
  expect(rows).toEqual([
    { place: 'centre', settled_how: 'destroyed' },
    { place: 'desk', settled_how: null }
  ])
  const nobody = history.pool.query(`${line} ($1, 'backups', $1, $2, 3, $2, 'written_off')`, [ID, AT])
  await expect(nobody).rejects.toThrow('violates check constraint')
})
