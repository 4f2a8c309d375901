import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MigrationTest, openMigrationTest } from '../../../testing/test-migrations.ts'
import { CASES_MIGRATIONS } from '../index.ts'

let history: MigrationTest
beforeEach(async () => {
  history = await openMigrationTest(CASES_MIGRATIONS)
  await history.to(215)
})
afterEach(() => history.close())

const WHO = '01935a00-0000-7000-8000-000000000002'
const AT = '2026-11-26T00:00:00.000Z'

test('a month of a district is signed once, for good, and it is a whole month', async () => {
  const { pool } = history
  await pool.query(
    `INSERT INTO accounts (id, login, display_name, department, role, district_code, password_hash, created_at, grant_starts, grant_since)
     VALUES ($1, 'supervisor', '감독', '과', 'supervisor', '11680', 'x', $2, '2026-11-01', $2)`,
    [WHO, AT]
  )
  await history.to(216)
  const sign = (month: string) =>
    pool.query(`INSERT INTO access_reviews VALUES ('11680', $1, $2, $3, '이상 없음', 10, 0)`, [month, AT, WHO])
  await sign('2026-10-01')
  await expect(sign('2026-10-01')).rejects.toThrow('duplicate key')
  await expect(sign('2026-10-02')).rejects.toThrow('violates check constraint')
  await expect(pool.query(`UPDATE access_reviews SET remark = '다름'`)).rejects.toThrow('only added')
  await expect(pool.query('DELETE FROM access_reviews')).rejects.toThrow('only added')
})
