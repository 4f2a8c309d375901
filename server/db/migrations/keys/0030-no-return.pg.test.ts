import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MigrationTest, openMigrationTest } from '../../../testing/test-migrations.ts'
import { KEYS_MIGRATIONS } from '../index.ts'

let history: MigrationTest
beforeEach(async () => {
  history = await openMigrationTest(KEYS_MIGRATIONS)
  await history.to(20)
})
afterEach(() => history.close())

const ID = '01935a00-0000-7000-8000-000000000001'
const AT = '2026-11-23T00:00:00.000Z'

test('keys that were there stay beside what was buried and what bears witness', async () => {
  await history.pool.query("INSERT INTO epochs (epoch, wrapped) VALUES (1, '\\x01')")
  await history.pool.query("INSERT INTO case_keys VALUES ($1, 1, '\\x02')", [ID])
  await history.to(30)
  await history.pool.query("INSERT INTO buried VALUES ($1, '11680', 'destroyed', $2)", [ID, AT])
  await history.pool.query("INSERT INTO quarantine_keys VALUES ($1, 1, '\\x03')", [ID])
  await history.pool.query("INSERT INTO witness VALUES ('11680', 12, 0, $1)", [AT])
  const { rows } = await history.pool.query(
    `SELECT c.wrapped AS of_case, q.wrapped AS of_command, b.reason, w.last_seq
     FROM case_keys c, quarantine_keys q, buried b, witness w`
  )
  expect(rows).toEqual([{ of_case: Buffer.from([2]), of_command: Buffer.from([3]), reason: 'destroyed', last_seq: 12 }])
  await expect(
    history.pool.query("INSERT INTO buried VALUES (gen_random_uuid(), '11680', 'scope', $1)", [AT])
  ).rejects.toThrow('violates check constraint')
})
