import { readdirSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { createDatabase, dropDatabase } from '../testing/test-centre.ts'
import { DatabaseFromFutureError, isMigrated, type Migration, MigrationAlteredError, migrate } from './migrate.ts'
import { CASES_MIGRATIONS, KEYS_MIGRATIONS } from './migrations/index.ts'
import { createPool, type Pool } from './pool.ts'

const opened: { pool: Pool; url: string }[] = []
let pool: Pool

beforeEach(async () => {
  const url = await createDatabase()
  pool = createPool({ connectionString: url, applicationName: 'test', onIdleError: () => undefined })
  opened.push({ pool, url })
})
afterAll(async () => {
  for (const { pool: one, url } of opened) {
    await one.end()
    await dropDatabase(url)
  }
})

const step = (version: number, sql: string, minSafeVersion = version): Migration => ({
  version,
  name: `step-${version}`,
  minSafeVersion,
  sql
})
const tables = async (): Promise<string[]> => {
  const { rows } = await pool.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1"
  )
  return rows.map((row) => row.name)
}

const ONE = step(10, 'CREATE TABLE one (id integer)')
const TWO = step(20, 'CREATE TABLE two (id integer)')

test('an empty database is brought to the newest version, a later start does nothing', async () => {
  expect(await migrate(pool, CASES_MIGRATIONS)).toEqual(CASES_MIGRATIONS.map(({ version }) => version))
  expect(await migrate(pool, CASES_MIGRATIONS)).toEqual([])
  expect(await isMigrated(pool, CASES_MIGRATIONS)).toBe(true)
})

test('a database at an older version takes only what is missing, and is not ready before', async () => {
  await migrate(pool, [ONE])
  expect(await isMigrated(pool, [ONE, TWO])).toBe(false)
  expect(await migrate(pool, [ONE, TWO])).toEqual([20])
  expect(await tables()).toEqual(['one', 'schema_history', 'two'])
})

test('two app servers that start at once migrate once', async () => {
  const slow = step(10, 'CREATE TABLE one (id integer); SELECT pg_sleep(0.2)')
  const applied = await Promise.all([migrate(pool, [slow]), migrate(pool, [slow]), migrate(pool, [slow])])
  expect(applied.flat()).toEqual([10])
})

test('a step that fails leaves nothing behind, also not the steps before it', async () => {
  await expect(migrate(pool, [ONE, step(20, 'CREATE TABLE two (id integer); SELECT nonsense()')])).rejects.toThrow()
  expect(await tables()).toEqual([])
  expect(await migrate(pool, [ONE, TWO])).toEqual([10, 20])
})

test('a database that a newer program changed is refused, unless that change leaves this program safe', async () => {
  await migrate(pool, [ONE, step(20, 'CREATE TABLE two (id integer)', 10)])
  expect(await migrate(pool, [ONE])).toEqual([])
  expect(await isMigrated(pool, [ONE])).toBe(true)
  await migrate(pool, [ONE, step(20, 'CREATE TABLE two (id integer)', 10), step(30, 'DROP TABLE one')])
  await expect(migrate(pool, [ONE])).rejects.toThrow(DatabaseFromFutureError)
  expect(await isMigrated(pool, [ONE])).toBe(false)
})

test('a step whose text was changed after it was applied is refused', async () => {
  await migrate(pool, [ONE])
  await expect(migrate(pool, [step(10, 'CREATE TABLE one (id bigint)')])).rejects.toThrow(MigrationAlteredError)
})

test.each([
  ['cases', CASES_MIGRATIONS],
  ['keys', KEYS_MIGRATIONS]
])('every migration of the %s database has a file of its number and a twin test', (folder, migrations) => {
  const files = readdirSync(path.join(import.meta.dirname, 'migrations', folder)).sort()
  const expected = migrations.flatMap(({ version, name }) => {
    const file = `${String(version).padStart(4, '0')}-${name}`
    return [`${file}.pg.test.ts`, `${file}.ts`]
  })
  expect(files).toEqual(expected)
})
