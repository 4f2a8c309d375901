import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MigrationTest, openMigrationTest } from '../../../testing/test-migrations.ts'
import { CASES_MIGRATIONS } from '../index.ts'

let history: MigrationTest
beforeEach(async () => {
  history = await openMigrationTest(CASES_MIGRATIONS)
})
afterEach(() => history.close())

const CASE = '01935a00-0000-7000-8000-000000000001'

test('a centre of version 30 keeps its cases and gets a place for the pieces of documents', async () => {
  await history.to(30)
  await history.pool.query(
    `INSERT INTO cases VALUES ($1, '11680', '1168064000', 'postpartum', 'received', '2026-11-20', NULL, '2026-11-0001', NULL, 1, 1, '{}', '\\x00')`,
    [CASE]
  )
  await history.to(70)
  const put = () =>
    history.pool.query(
      `INSERT INTO document_chunks (case_id, sha256, received_at, content) VALUES ($1, $2, now(), '\\x0102')
       ON CONFLICT DO NOTHING`,
      [CASE, Buffer.alloc(32, 7)]
    )
  expect([(await put()).rowCount, (await put()).rowCount]).toEqual([1, 0])
  expect((await history.pool.query('SELECT id FROM cases')).rows).toEqual([{ id: CASE }])
})
