import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MigrationTest, openMigrationTest } from '../../../testing/test-migrations.ts'
import { KEYS_MIGRATIONS } from '../index.ts'

let history: MigrationTest
beforeEach(async () => {
  history = await openMigrationTest(KEYS_MIGRATIONS)
  await history.to(130)
})
afterEach(() => history.close())

test('a database that was never rotated knows of no rotation; one that was keeps it when its epoch is over', async () => {
  await history.pool.query("INSERT INTO epochs (epoch, wrapped) VALUES (2, '\\x01')")
  await history.to(150)
  expect((await history.pool.query('SELECT epoch FROM key_rotations')).rows).toEqual([])
  await history.pool.query("INSERT INTO key_rotations (epoch, begun_at) VALUES (2, '2026-11-26T00:00:00.000Z')")
  await history.pool.query('DELETE FROM epochs')
  expect((await history.pool.query('SELECT epoch FROM key_rotations')).rows).toEqual([{ epoch: 2 }])
})
