import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MigrationTest, openMigrationTest } from '../../../testing/test-migrations.ts'
import { CASES_MIGRATIONS } from '../index.ts'

let history: MigrationTest
beforeEach(async () => {
  history = await openMigrationTest(CASES_MIGRATIONS)
  await history.to(50)
})
afterEach(() => history.close())

const ID = '01935a00-0000-7000-8000-000000000001'
const AT = '2026-11-23T00:00:00.000Z'

test('commands that were there were given back by nobody', async () => {
  await history.pool.query(
    `INSERT INTO accounts (id, login, display_name, department, role, district_code, password_hash, created_at)
     VALUES ($1, 'gangnam.kim', '담당자', '가족정책과', 'caseworker', '11680', 'x', $2)`,
    [ID, AT]
  )
  await history.pool.query(
    `INSERT INTO devices (id, name, district_code, enrolled_at, enrolled_by, last_contact_at, app_version)
     VALUES ($1, 'PC-7', '11680', $2, $1, $2, '0.1.0')`,
    [ID, AT]
  )
  await history.pool.query(
    "INSERT INTO commands (id, device_id, device_seq, received_at, outcome) VALUES ($1, $1, 1, $2, '{}')",
    [ID, AT]
  )
  await history.to(60)
  const { rows } = await history.pool.query('SELECT id, device_seq, given_back FROM commands')
  expect(rows).toEqual([{ id: ID, device_seq: 1, given_back: null }])
})

test('a gate stands for one restore, and a report begins with nothing given', async () => {
  await history.to(60)
  await expect(
    history.pool.query("INSERT INTO restore_gates VALUES ('11680', 7, 3, $1, NULL, NULL, NULL, NULL)", [AT])
  ).rejects.toThrow('foreign key')
  await history.pool.query("INSERT INTO restores VALUES (7, 'witness', $1, NULL, 3, NULL)", [AT])
  await history.pool.query("INSERT INTO restore_gates VALUES ('11680', 7, 3, $1, NULL, NULL, NULL, NULL)", [AT])
  await history.pool.query(
    "INSERT INTO restore_reports (generation, device_id, district_code, begun_at) VALUES (7, $1, '11680', $2)",
    [ID, AT]
  )
  const { rows } = await history.pool.query('SELECT commands, cases, tombstones, ended_at FROM restore_reports')
  expect(rows).toEqual([{ commands: 0, cases: 0, tombstones: 0, ended_at: null }])
})
