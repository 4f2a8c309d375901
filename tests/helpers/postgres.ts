import pg from 'pg'
import { inject } from 'vitest'

export interface TestDatabase {
  url: string
  /** Removes the database; connections still open to it are cut. */
  drop(): Promise<void>
}

let created = 0

/** A new, empty database of the run's PostgreSQL for *.pg.test.ts; no other test sees it. */
export async function createTestDatabase(): Promise<TestDatabase> {
  created += 1
  const name = `test_${process.pid}_${process.env.VITEST_POOL_ID ?? 0}_${Date.now()}_${created}`
  const server = new URL(inject('postgresUrl'))
  await asAdmin(server, `CREATE DATABASE ${pg.escapeIdentifier(name)}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return {
    url: url.href,
    drop: () => asAdmin(server, `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`)
  }
}

export interface TestDatabases {
  /** For DATABASE_URL. */
  casesUrl: string
  /** For KEYS_DATABASE_URL. */
  keysUrl: string
  drop(): Promise<void>
}

/** The two databases of a centre: cases, and the keys kept apart from them. */
export async function createTestDatabases(): Promise<TestDatabases> {
  const [cases, keys] = await Promise.all([createTestDatabase(), createTestDatabase()])
  return {
    casesUrl: cases.url,
    keysUrl: keys.url,
    drop: async () => {
      await Promise.all([cases.drop(), keys.drop()])
    }
  }
}

async function asAdmin(server: URL, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server.href })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
