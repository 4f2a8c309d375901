import pg from 'pg'
import { expect, test } from 'vitest'
import { createTestDatabase, createTestDatabases } from './postgres.ts'

async function names(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ datname: string }>('SELECT datname FROM pg_database')
    return rows.map((row) => row.datname)
  } finally {
    await client.end()
  }
}

test('each test database is its own and goes when dropped', async () => {
  const keeper = await createTestDatabase()
  const pair = await createTestDatabases()
  const own = [pair.casesUrl, pair.keysUrl].map((url) => new URL(url).pathname.slice(1))
  expect(new Set(own).size).toBe(2)
  expect(await names(keeper.url)).toEqual(expect.arrayContaining(own))
  await pair.drop()
  expect((await names(keeper.url)).filter((name) => own.includes(name))).toEqual([])
  await keeper.drop()
})
