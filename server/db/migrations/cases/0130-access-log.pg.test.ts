import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MigrationTest, openMigrationTest } from '../../../testing/test-migrations.ts'
import { CASES_MIGRATIONS } from '../index.ts'

let history: MigrationTest
beforeEach(async () => {
  history = await openMigrationTest(CASES_MIGRATIONS)
  await history.to(116)
})
afterEach(() => history.close())

const ID = '01935a00-0000-7000-8000-000000000001'
const AT = '2026-11-23T00:00:00.000Z'

test('a line belongs to a chain, and is kept once', async () => {
  await history.to(130)
  const insertLine = (place: number) =>
    history.pool.query(
      `INSERT INTO access_lines (device_id, chain, place, no, body, previous_hash, hash, reckoned, district_code, received_at,
         marks, case_ids)
       VALUES ($1, $2, $4, 1, '{}', $2, $2, $2, '11680', $3, '{}', '{}')`,
      [ID, Buffer.alloc(32, 1), AT, place]
    )
  await expect(insertLine(1)).rejects.toThrow('foreign key')
  await history.pool.query(
    `INSERT INTO access_chains (device_id, chain, district_code, begun_at, received_at, newest_no)
     VALUES ($1, $2, '11680', $3, $3, 1)`,
    [ID, Buffer.alloc(32, 1), AT]
  )
  await insertLine(1)
  await expect(insertLine(2)).rejects.toThrow('unique')
})
