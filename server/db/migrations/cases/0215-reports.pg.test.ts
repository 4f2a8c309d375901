import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MigrationTest, openMigrationTest } from '../../../testing/test-migrations.ts'
import { CASES_MIGRATIONS } from '../index.ts'

let history: MigrationTest
beforeEach(async () => {
  history = await openMigrationTest(CASES_MIGRATIONS)
  await history.to(190)
})
afterEach(() => history.close())

const [ID, WHO] = ['01935a00-0000-7000-8000-000000000001', '01935a00-0000-7000-8000-000000000002']
const AT = '2026-11-26T00:00:00.000Z'

test('a report has a number of its own, ends one way, and stays in the register as it was asked for', async () => {
  await history.pool.query(
    `INSERT INTO accounts (id, login, display_name, department, role, district_code, password_hash, created_at, grant_starts, grant_since)
     VALUES ($1, 'supervisor', '감독', '과', 'supervisor', '11680', 'x', $2, '2026-11-01', $2)`,
    [WHO, AT]
  )
  await history.to(215)
  const { pool } = history
  await pool.query(
    `INSERT INTO reports (id, district_code, no, kind, from_on, to_on, scope, purpose, format, delete_by, author_id, ordered_at)
     VALUES ($1, '11680', 1, 'grants', '2026-11-01', '2026-11-26', '{"type":"district"}', '정기 점검', 'xlsx', '2027-11-26', $2, $3)`,
    [ID, WHO, AT]
  )
  await expect(pool.query(`UPDATE reports SET purpose = '다른 목적'`)).rejects.toThrow('stays as it is')
  await expect(pool.query('UPDATE reports SET no = 7')).rejects.toThrow('stays as it is')
  await expect(pool.query('DELETE FROM reports')).rejects.toThrow('stays as it is')
  await expect(pool.query(`UPDATE reports SET finished_at = $1`, [AT])).rejects.toThrow('violates check constraint')
  await pool.query(`UPDATE reports SET cancelled_at = $1`, [AT])
  await expect(pool.query(`UPDATE reports SET cancelled_at = NULL`)).rejects.toThrow('stays as it is')
})
