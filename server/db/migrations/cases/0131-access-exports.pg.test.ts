import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MigrationTest, openMigrationTest } from '../../../testing/test-migrations.ts'
import { CASES_MIGRATIONS } from '../index.ts'

let history: MigrationTest
beforeEach(async () => {
  history = await openMigrationTest(CASES_MIGRATIONS)
  await history.to(130)
})
afterEach(() => history.close())

const ID = '01935a00-0000-7000-8000-000000000001'
const AT = '2026-11-23T00:00:00.000Z'

test('chains that came stay; exports are numbered from 1', async () => {
  await history.pool.query(
    `INSERT INTO access_chains (device_id, chain, district_code, begun_at, received_at, newest_no)
     VALUES ($1, $2, '11680', $3, $3, 1)`,
    [ID, Buffer.alloc(32, 1), AT]
  )
  await history.to(131)
  const { rows } = await history.pool.query(
    `INSERT INTO access_exports (district_code, begun_at, to_at) VALUES ('11680', $1, $1)
     RETURNING no, (SELECT count(*) FROM access_chains) AS chains`,
    [AT]
  )
  expect(rows).toEqual([{ no: 1, chains: 1 }])
})
