import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MigrationTest, openMigrationTest } from '../../../testing/test-migrations.ts'
import { CASES_MIGRATIONS } from '../index.ts'

let history: MigrationTest
beforeEach(async () => {
  history = await openMigrationTest(CASES_MIGRATIONS)
  await history.to(100)
})
afterEach(() => history.close())

const AT = '2026-11-23T00:00:00.000Z'
const ID = '01935a00-0000-7000-8000-000000000001'

test('rescues that were parked stay so; a new one may wait because its author is not known at its PC', async () => {
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
    `INSERT INTO rescues (id, device_id, district_code, digest, via, state, parked_for, received_at, commands, applied,
       already_applied, refused, damaged, capsule)
     VALUES ($1, $1, '11680', 'x', 'line', 'parked', 'gap', $2, 3, 2, 1, 0, 0, 'y')`,
    [ID, AT]
  )
  await history.to(115)
  const { rows } = await history.pool.query('SELECT parked_for, commands FROM rescues')
  expect(rows).toEqual([{ parked_for: 'gap', commands: 3 }])
  await history.pool.query(`UPDATE rescues SET parked_for = 'author'`)
})
