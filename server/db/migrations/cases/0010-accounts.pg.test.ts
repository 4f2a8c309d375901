import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MigrationTest, openMigrationTest } from '../../../testing/test-migrations.ts'
import { CASES_MIGRATIONS } from '../index.ts'

let history: MigrationTest
beforeEach(async () => {
  history = await openMigrationTest(CASES_MIGRATIONS)
  await history.to(10)
})
afterEach(() => history.close())

const ACCOUNT = '01935a00-0000-7000-8000-00000000000a'
const DEVICE = '01935a00-0000-7000-8000-0000000000d1'
const AT = '2026-11-23T00:00:00.000Z'
const addAccount = (over: { login?: string; role?: string; district?: string } = {}) =>
  history.pool.query(
    `INSERT INTO accounts (id, login, display_name, department, role, district_code, password_hash, created_at)
     VALUES ($1, $2, '담당자', '가족정책과', $3, $4, 'x', $5)`,
    [ACCOUNT, over.login ?? 'gangnam.kim', over.role ?? 'caseworker', over.district ?? '11680', AT]
  )

test('a new centre has one identity and cannot get a second', async () => {
  const { rows } = await history.pool.query('SELECT id, only_row FROM centre')
  expect(rows).toEqual([{ id: expect.stringMatching(/^[0-9a-f-]{36}$/), only_row: true }])
  await expect(history.pool.query('INSERT INTO centre VALUES (gen_random_uuid(), now(), true)')).rejects.toThrow()
  await expect(history.pool.query('INSERT INTO centre VALUES (gen_random_uuid(), now(), false)')).rejects.toThrow()
})

test('accounts, PCs and sessions hold what is written, with nothing failed, locked or revoked at first', async () => {
  await addAccount()
  await history.pool.query(
    `INSERT INTO devices (id, name, district_code, enrolled_at, enrolled_by, last_contact_at, app_version)
     VALUES ($1, 'PC-7', '11680', $2, $3, $2, '0.1.0')`,
    [DEVICE, AT, ACCOUNT]
  )
  await history.pool.query('INSERT INTO device_accounts VALUES ($1, $2, $3)', [DEVICE, ACCOUNT, AT])
  await history.pool.query("INSERT INTO sessions VALUES ('\\x01', $1, $2, $3, $3)", [ACCOUNT, DEVICE, AT])
  const { rows } = await history.pool.query(
    `SELECT a.login, a.failed_attempts, a.locked_at, a.disabled_at, d.name, d.last_device_seq, d.revoked_at, s.expires_at
     FROM sessions s JOIN accounts a ON a.id = s.account_id JOIN devices d ON d.id = s.device_id
       JOIN device_accounts da ON da.device_id = d.id AND da.account_id = a.id`
  )
  expect(rows).toEqual([
    {
      login: 'gangnam.kim',
      failed_attempts: 0,
      locked_at: null,
      disabled_at: null,
      name: 'PC-7',
      last_device_seq: 0,
      revoked_at: null,
      expires_at: AT
    }
  ])
})

test.each([{ login: 'Kim' }, { login: '김' }, { role: 'root' }, { district: '26110' }])(
  'an account that could never be right is refused: %o',
  async (over) => {
    await expect(addAccount(over)).rejects.toThrow('violates check constraint')
  }
)
