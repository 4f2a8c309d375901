import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MigrationTest, openMigrationTest } from '../../../testing/test-migrations.ts'
import { CASES_MIGRATIONS } from '../index.ts'

let history: MigrationTest
beforeEach(async () => {
  history = await openMigrationTest(CASES_MIGRATIONS)
})
afterEach(() => history.close())

const AT = '2026-11-23T00:00:00.000Z'
const ACCOUNT = '01935a00-0000-7000-8000-00000000000a'
const DEVICE = '01935a00-0000-7000-8000-0000000000d1'
const STRANGE = '01935a00-0000-7000-8000-0000000000d2'
const addCommand = (id: string, deviceId: string) =>
  history.pool.query(
    `INSERT INTO commands (id, device_id, device_seq, received_at, outcome) VALUES ($1, $2, 1, $3, '{}')`,
    [id, deviceId, AT]
  )

test('commands that were there stay, and a new one looks no PC up', async () => {
  await history.to(30)
  await history.pool.query(
    `INSERT INTO accounts (id, login, display_name, department, role, district_code, password_hash, created_at)
     VALUES ($1, 'gangnam.kim', '담당자', '가족정책과', 'caseworker', '11680', 'x', $2)`,
    [ACCOUNT, AT]
  )
  await history.pool.query(
    `INSERT INTO devices (id, name, district_code, enrolled_at, enrolled_by, last_contact_at, app_version)
     VALUES ($1, 'PC-7', '11680', $2, $3, $2, '0.1.0')`,
    [DEVICE, AT, ACCOUNT]
  )
  await addCommand('01935a00-0000-7000-8000-000000000001', DEVICE)
  const second = '01935a00-0000-7000-8000-000000000002'
  await expect(addCommand(second, STRANGE)).rejects.toThrow('commands_device_id_fkey')
  await history.to(85)
  await addCommand(second, STRANGE)
  const { rows } = await history.pool.query('SELECT device_id FROM commands ORDER BY id')
  expect(rows).toEqual([{ device_id: DEVICE }, { device_id: STRANGE }])
})
