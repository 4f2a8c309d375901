import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MigrationTest, openMigrationTest } from '../../../testing/test-migrations.ts'
import { KEYS_MIGRATIONS } from '../index.ts'

let history: MigrationTest
beforeEach(async () => {
  history = await openMigrationTest(KEYS_MIGRATIONS)
  await history.to(10)
})
afterEach(() => history.close())

const LEASE = '01935a00-0000-7000-8000-0000000000e1'
const DEVICE = '01935a00-0000-7000-8000-0000000000d1'

test('shares of leases come in beside the keys that are there, each under its epoch', async () => {
  await history.pool.query("INSERT INTO epochs (epoch, wrapped) VALUES (1, '\\x01')")
  await history.pool.query("INSERT INTO device_shares VALUES ($1, 1, '\\x03')", [DEVICE])
  await history.to(20)
  await history.pool.query("INSERT INTO lease_shares VALUES ($1, $2, 1, '\\x05')", [LEASE, DEVICE])
  const { rows } = await history.pool.query(
    `SELECT d.wrapped AS of_device, l.lease_id, l.wrapped AS of_lease
     FROM device_shares d JOIN lease_shares l ON l.device_id = d.device_id`
  )
  expect(rows).toEqual([{ of_device: Buffer.from([3]), lease_id: LEASE, of_lease: Buffer.from([5]) }])
  await expect(
    history.pool.query("INSERT INTO lease_shares VALUES (gen_random_uuid(), $1, 9, '\\x05')", [DEVICE])
  ).rejects.toThrow('foreign key')
})
