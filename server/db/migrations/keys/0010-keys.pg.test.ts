import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MigrationTest, openMigrationTest } from '../../../testing/test-migrations.ts'
import { KEYS_MIGRATIONS } from '../index.ts'

let history: MigrationTest
beforeEach(async () => {
  history = await openMigrationTest(KEYS_MIGRATIONS)
  await history.to(10)
})
afterEach(() => history.close())

const ID = '01935a00-0000-7000-8000-000000000001'

test('keys of every kind are kept under their epoch', async () => {
  await history.pool.query("INSERT INTO epochs (epoch, wrapped) VALUES (1, '\\x01')")
  await history.pool.query("INSERT INTO case_keys VALUES ($1, 1, '\\x02')", [ID])
  await history.pool.query("INSERT INTO device_shares VALUES ($1, 1, '\\x03')", [ID])
  await history.pool.query("INSERT INTO named_keys VALUES ('blind-index', 1, '\\x04')")
  const { rows } = await history.pool.query(
    `SELECT c.wrapped AS of_case, d.wrapped AS of_device, n.wrapped AS named
     FROM case_keys c, device_shares d, named_keys n`
  )
  expect(rows).toEqual([{ of_case: Buffer.from([2]), of_device: Buffer.from([3]), named: Buffer.from([4]) }])
})

test('a key cannot stand under an epoch that does not exist', async () => {
  await expect(history.pool.query("INSERT INTO case_keys VALUES ($1, 9, '\\x02')", [ID])).rejects.toThrow('foreign key')
})

test('the keys belong to one centre', async () => {
  await history.pool.query('INSERT INTO key_owner (centre_id) VALUES ($1)', [ID])
  await expect(history.pool.query('INSERT INTO key_owner (centre_id) VALUES (gen_random_uuid())')).rejects.toThrow()
})
