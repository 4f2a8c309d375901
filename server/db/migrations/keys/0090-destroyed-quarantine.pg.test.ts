import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MigrationTest, openMigrationTest } from '../../../testing/test-migrations.ts'
import { KEYS_MIGRATIONS } from '../index.ts'

let history: MigrationTest
beforeEach(async () => {
  history = await openMigrationTest(KEYS_MIGRATIONS)
  await history.to(30)
})
afterEach(() => history.close())

const ID = '01935a00-0000-7000-8000-000000000001'
const AT = '2026-11-23T00:00:00.000Z'

test('keys of what lies in quarantine stay; what is destroyed from now on is remembered', async () => {
  await history.pool.query("INSERT INTO epochs (epoch, wrapped) VALUES (1, '\\x01')")
  await history.pool.query("INSERT INTO quarantine_keys VALUES ($1, 1, '\\x03')", [ID])
  await history.to(90)
  await history.pool.query('INSERT INTO destroyed_quarantine VALUES ($1, $2)', [ID, AT])
  const { rows } = await history.pool.query(
    'SELECT q.wrapped, d.at FROM quarantine_keys q JOIN destroyed_quarantine d USING (command_id)'
  )
  expect(rows).toEqual([{ wrapped: Buffer.from([3]), at: AT }])
})
