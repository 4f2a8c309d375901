import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MigrationTest, openMigrationTest } from '../../../testing/test-migrations.ts'
import { KEYS_MIGRATIONS } from '../index.ts'

let history: MigrationTest
beforeEach(async () => {
  history = await openMigrationTest(KEYS_MIGRATIONS)
  await history.to(100)
})
afterEach(() => history.close())

test('anchors are added, and neither changed nor taken away', async () => {
  await history.to(130)
  await history.pool.query(`INSERT INTO access_anchors VALUES ('11680', 1, now(), '{}', $1)`, [Buffer.alloc(64)])
  await expect(history.pool.query(`UPDATE access_anchors SET body = '{"a":1}'`)).rejects.toThrow('only added')
  await expect(history.pool.query('DELETE FROM access_anchors')).rejects.toThrow('only added')
})
