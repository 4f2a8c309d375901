import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MigrationTest, openMigrationTest } from '../../../testing/test-migrations.ts'
import { CASES_MIGRATIONS } from '../index.ts'

let history: MigrationTest
beforeEach(async () => {
  history = await openMigrationTest(CASES_MIGRATIONS)
  await history.to(30)
})
afterEach(() => history.close())

const ACCOUNT = '01935a00-0000-7000-8000-00000000000a'
const DEVICE = '01935a00-0000-7000-8000-0000000000d1'
const RESCUE = '01935a00-0000-7000-8000-0000000000f1'
const AT = '2026-11-23T00:00:00.000Z'

const addOldDevice = async () => {
  await history.pool.query(
    `INSERT INTO accounts (id, login, display_name, department, role, district_code, password_hash, created_at)
     VALUES ($1, 'gangnam.kim', '담당자', '가족정책과', 'caseworker', '11680', 'x', $2)`,
    [ACCOUNT, AT]
  )
  await history.pool.query(
    `INSERT INTO devices (id, name, district_code, enrolled_at, enrolled_by, last_contact_at, app_version, revoked_at)
     VALUES ($1, 'PC-7', '11680', $2, $3, $2, '0.1.0', $2)`,
    [DEVICE, AT, ACCOUNT]
  )
}

test('PCs that are enrolled keep what they are; what is new of them is not known yet', async () => {
  await addOldDevice()
  await history.to(40)
  const { rows } = await history.pool.query(
    `SELECT id, revoked_at, credential_hash, lease_ends_at, grace_ends_at, waiting, refused, oldest_waiting_at, revoked_by,
       wipe_ordered_at, wipe_ordered_by, wiped_at, handed_over FROM devices`
  )
  expect(rows).toEqual([
    {
      id: DEVICE,
      revoked_at: AT,
      credential_hash: null,
      lease_ends_at: null,
      grace_ends_at: null,
      waiting: null,
      refused: null,
      oldest_waiting_at: null,
      revoked_by: null,
      wipe_ordered_at: null,
      wipe_ordered_by: null,
      wiped_at: null,
      handed_over: null
    }
  ])
})

test('a capsule is kept only as long as somebody has to release it, and none twice', async () => {
  await addOldDevice()
  await history.to(40)
  const insert = (id: string, digest: string, state: string, capsule: string | null) =>
    history.pool.query(
      `INSERT INTO rescues (id, device_id, district_code, digest, via, state, received_at, commands, applied, already_applied,
         refused, damaged, capsule) VALUES ($1, $2, '11680', $3, 'line', $4, $5, 0, 0, 0, 0, 0, $6)`,
      [id, DEVICE, digest, state, AT, capsule]
    )
  await insert(RESCUE, '\\x01', 'parked', '\\x02')
  await expect(insert(DEVICE, '\\x01', 'parked', '\\x02')).rejects.toThrow('unique')
  await expect(insert(DEVICE, '\\x03', 'applied', '\\x02')).rejects.toThrow('check constraint')
  await expect(insert(DEVICE, '\\x03', 'parked', null)).rejects.toThrow('check constraint')
})

test('a code is kept once, terms of a district are whole hours above none', async () => {
  await addOldDevice()
  await history.to(40)
  const addCode = () =>
    history.pool.query(
      `INSERT INTO enrolment_codes (id, code_tag, district_code, note, issued_at, expires_at)
       VALUES (gen_random_uuid(), '\\x01', '11680', '', $1, $1)`,
      [AT]
    )
  await addCode()
  await expect(addCode()).rejects.toThrow('unique')
  await expect(
    history.pool.query("INSERT INTO lease_terms VALUES ('11680', 0, 24, $1, $2)", [ACCOUNT, AT])
  ).rejects.toThrow('check constraint')
})

test('a session may stand on no PC; those that stand on one keep it', async () => {
  await addOldDevice()
  const addSession = (token: string, device: string | null) =>
    history.pool.query(
      'INSERT INTO sessions (token_hash, account_id, device_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $4)',
      [token, ACCOUNT, device, AT]
    )
  await addSession('\\x01', DEVICE)
  await history.to(40)
  await addSession('\\x02', null)
  const { rows } = await history.pool.query('SELECT device_id FROM sessions ORDER BY token_hash')
  expect(rows).toEqual([{ device_id: DEVICE }, { device_id: null }])
})
