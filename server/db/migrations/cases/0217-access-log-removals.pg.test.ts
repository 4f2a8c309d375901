import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MigrationTest, openMigrationTest } from '../../../testing/test-migrations.ts'
import { CASES_MIGRATIONS } from '../index.ts'

let history: MigrationTest
beforeEach(async () => {
  history = await openMigrationTest(CASES_MIGRATIONS)
  await history.to(216)
})
afterEach(() => history.close())

const ID = '01935a00-0000-7000-8000-000000000001'
const AT = '2026-11-23T00:00:00.000Z'

test('a chain that was there can lose its oldest lines and remembers one head', async () => {
  const chain = Buffer.alloc(32, 1)
  await history.pool.query(
    `INSERT INTO access_chains (device_id, chain, district_code, begun_at, received_at, newest_no) VALUES ($1, $2, '11680', $3, $3, 1)`,
    [ID, chain, AT]
  )
  await history.to(217)
  const head = (no: number) =>
    history.pool.query('INSERT INTO access_heads VALUES ($1, $2, $3, $2, $2, $4)', [ID, chain, no, AT])
  await head(1)
  await expect(head(2)).rejects.toThrow('duplicate key')
  const removal = `INSERT INTO access_removals VALUES ('11680', 1, $1, 1)`
  await history.pool.query(removal, [AT])
  await expect(history.pool.query(removal, [AT])).rejects.toThrow('duplicate key')
})
