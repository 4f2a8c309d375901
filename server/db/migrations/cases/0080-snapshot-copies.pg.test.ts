import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MigrationTest, openMigrationTest } from '../../../testing/test-migrations.ts'
import { CASES_MIGRATIONS } from '../index.ts'

let history: MigrationTest
beforeEach(async () => {
  history = await openMigrationTest(CASES_MIGRATIONS)
})
afterEach(() => history.close())

test('a centre of version 70 gets a ledger of copies, and a place for them that no log and no backup holds', async () => {
  await history.to(70)
  await history.to(80)
  const { rows } = await history.pool.query(
    "SELECT relname, relpersistence FROM pg_class WHERE relname LIKE 'snapshot_%' AND relkind = 'r' ORDER BY relname"
  )
  expect(rows).toEqual([
    { relname: 'snapshot_chunks', relpersistence: 'u' },
    { relname: 'snapshot_copies', relpersistence: 'p' },
    { relname: 'snapshot_takers', relpersistence: 'p' }
  ])
})
