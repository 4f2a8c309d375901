import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MigrationTest, openMigrationTest } from '../../../testing/test-migrations.ts'
import { CASES_MIGRATIONS } from '../index.ts'

let history: MigrationTest
beforeEach(async () => {
  history = await openMigrationTest(CASES_MIGRATIONS)
  await history.to(85)
})
afterEach(() => history.close())

const CASE = '01935a00-0000-7000-8000-000000000001'
const AT = '2026-11-23T00:00:00.000Z'
const [here, away] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]

test('pieces that were there stay; one that is missing is asked for once', async () => {
  await history.pool.query('INSERT INTO document_chunks VALUES ($1, $2, $1, $3, $2)', [CASE, here, AT])
  await history.to(90)
  const miss = () =>
    history.pool.query(
      'INSERT INTO missing_chunks (case_id, sha256, document_id, at) VALUES ($1, $2, $1, $3) ON CONFLICT DO NOTHING',
      [CASE, away, AT]
    )
  await miss()
  await miss()
  const { rows } = await history.pool.query(
    'SELECT c.sha256 AS here, m.sha256 AS away FROM document_chunks c JOIN missing_chunks m USING (case_id)'
  )
  expect(rows).toEqual([{ here, away }])
})
