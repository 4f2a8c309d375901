import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MigrationTest, openMigrationTest } from '../../../testing/test-migrations.ts'
import { KEYS_MIGRATIONS } from '../index.ts'

let history: MigrationTest
beforeEach(async () => {
  history = await openMigrationTest(KEYS_MIGRATIONS)
  await history.to(90)
})
afterEach(() => history.close())

const ID = '01935a00-0000-7000-8000-000000000001'
const AT = '2026-11-23T00:00:00.000Z'

test('what was destroyed stays; a PC that is shut out from now on is remembered', async () => {
  await history.pool.query('INSERT INTO destroyed_quarantine VALUES ($1, $2)', [ID, AT])
  await history.to(100)
  await history.pool.query("INSERT INTO shut_out_devices VALUES ($1, 'revoked', $2), ($1, 'wipe', $2)", [ID, AT])
  const { rows } = await history.pool.query(
    'SELECT s.how, d.at FROM shut_out_devices s JOIN destroyed_quarantine d ON d.command_id = s.device_id ORDER BY how'
  )
  expect(rows).toEqual([
    { how: 'revoked', at: AT },
    { how: 'wipe', at: AT }
  ])
})
