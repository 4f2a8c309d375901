import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MigrationTest, openMigrationTest } from '../../../testing/test-migrations.ts'
import { CASES_MIGRATIONS } from '../index.ts'

let history: MigrationTest
beforeEach(async () => {
  history = await openMigrationTest(CASES_MIGRATIONS)
  await history.to(30)
})
afterEach(() => history.close())

const CASE = '01935a00-0000-7000-8000-000000000001'
const OTHER = '01935a00-0000-7000-8000-000000000002'
const AT = '2026-11-23T00:00:00.000Z'
const addCase = (id: string, seq: number) =>
  history.pool.query(
    `INSERT INTO cases VALUES ($1, '11680', '1168064000', 'postpartum', 'received', '2026-11-20', NULL, $2, NULL, 1, $3, '{}', '\\x00')`,
    [id, `2026-11-000${seq}`, seq]
  )

test('cases that were there stay; one that was buried does not return, by whatever way', async () => {
  await addCase(CASE, 1)
  await history.to(50)
  expect((await history.pool.query('SELECT id, rev, seq FROM cases')).rows).toEqual([{ id: CASE, rev: 1, seq: 1 }])
  await history.pool.query("INSERT INTO tombstones VALUES ($1, '11680', 'destroyed', $2, NULL)", [OTHER, AT])
  await expect(addCase(OTHER, 2)).rejects.toThrow('a buried case does not return')
})

test('a place in a stream and a case within a district are taken once', async () => {
  await history.to(50)
  const gone = (seq: number, id: string, reason = 'scope') =>
    history.pool.query("INSERT INTO gone_lines VALUES ('11680', $1, $2, $3)", [seq, id, reason])
  await gone(1, CASE)
  await expect(gone(1, OTHER)).rejects.toThrow('gone_lines_pkey')
  await expect(gone(2, CASE)).rejects.toThrow('gone_lines_district_code_case_id_key')
  await expect(gone(3, OTHER, 'lost')).rejects.toThrow('violates check constraint')
})

test('content in quarantine is there until somebody destroyed it, never half', async () => {
  await history.to(50)
  const insert = (sealed: string | null, destroyedAt: string | null) =>
    history.pool.query(
      `INSERT INTO quarantine (command_id, device_id, district_code, case_id, cause, way, received_at, sealed, destroyed_at)
       VALUES (gen_random_uuid(), $1, '11680', $1, 'destroyed', 'push', $2, $3, $4)`,
      [CASE, AT, sealed, destroyedAt]
    )
  await insert('\\x01', null)
  await insert(null, AT)
  await expect(insert(null, null)).rejects.toThrow('violates check constraint')
})
