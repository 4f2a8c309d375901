import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MigrationTest, openMigrationTest } from '../../../testing/test-migrations.ts'
import { CASES_MIGRATIONS } from '../index.ts'

let history: MigrationTest
beforeEach(async () => {
  history = await openMigrationTest(CASES_MIGRATIONS)
  await history.to(90)
})
afterEach(() => history.close())

const AT = '2026-11-23T00:00:00.000Z'
const ID = '01935a00-0000-7000-8000-000000000001'

test('rescues that were there held no documents; a new one may wait for pieces, and a command may have no number', async () => {
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
    `INSERT INTO rescues (id, device_id, district_code, digest, via, state, received_at, commands, applied, already_applied,
       refused, damaged) VALUES ($1, $1, '11680', 'x', 'line', 'applied', $2, 3, 2, 1, 0, 0)`,
    [ID, AT]
  )
  await history.to(95)
  const { rows } = await history.pool.query('SELECT commands, documents, lost, has_ended FROM rescues')
  expect(rows).toEqual([{ commands: 3, documents: 0, lost: 0, has_ended: false }])
  await history.pool.query(
    `UPDATE rescues SET state = 'parked', parked_for = 'chunks', capsule = 'y', documents = 1 WHERE id = $1`,
    [ID]
  )
  await history.pool.query(
    'INSERT INTO rescued_chunks (rescue_id, sha256, document_id, case_id) VALUES ($1, $2, $1, $1)',
    [ID, Buffer.alloc(32, 1)]
  )
  await history.pool.query(`INSERT INTO commands (id, device_id, received_at, outcome) VALUES ($1, $1, $2, '{}')`, [
    ID,
    AT
  ])
  await history.pool.query('DELETE FROM rescues')
  const left = await history.pool.query('SELECT count(*)::int AS n FROM rescued_chunks')
  expect(left.rows).toEqual([{ n: 0 }])
})
