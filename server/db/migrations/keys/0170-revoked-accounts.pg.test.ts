import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MigrationTest, openMigrationTest } from '../../../testing/test-migrations.ts'
import { KEYS_MIGRATIONS } from '../index.ts'

let history: MigrationTest
beforeEach(async () => {
  history = await openMigrationTest(KEYS_MIGRATIONS)
  await history.to(130)
})
afterEach(() => history.close())

const ID = '01935a00-0000-7000-8000-000000000001'
const AT = '2026-11-23T00:00:00.000Z'

test('PCs that were shut out stay so; an account that leaves from now on is remembered once', async () => {
  await history.pool.query("INSERT INTO shut_out_devices VALUES ($1, 'revoked', $2)", [ID, AT])
  await history.to(170)
  const note = 'INSERT INTO revoked_accounts VALUES ($1, $2)'
  await history.pool.query(note, [ID, AT])
  await expect(history.pool.query(note, [ID, AT])).rejects.toThrow('duplicate key')
  const { rows } = await history.pool.query(
    'SELECT how, r.at FROM shut_out_devices s JOIN revoked_accounts r ON r.account_id = s.device_id'
  )
  expect(rows).toEqual([{ how: 'revoked', at: AT }])
})
