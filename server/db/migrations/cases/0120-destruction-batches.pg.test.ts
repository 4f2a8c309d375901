import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MigrationTest, openMigrationTest } from '../../../testing/test-migrations.ts'
import { CASES_MIGRATIONS } from '../index.ts'

let history: MigrationTest
beforeEach(async () => {
  history = await openMigrationTest(CASES_MIGRATIONS)
  await history.to(100)
})
afterEach(() => history.close())

const ID = '01935a00-0000-7000-8000-000000000001'

test('commands that came before are about cases', async () => {
  await history.pool.query(
    `INSERT INTO commands (id, device_id, device_seq, name, case_id, received_at, outcome)
     VALUES ($1, $1, 1, 'case.move', $1, '2026-11-23T00:00:00.000Z', '{}')`,
    [ID]
  )
  await history.to(120)
  const { rows } = await history.pool.query('SELECT id, batch_command FROM commands')
  expect(rows).toEqual([{ id: ID, batch_command: null }])
})
