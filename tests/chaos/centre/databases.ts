import pg from 'pg'
import type { RestoredDatabases } from '../plan/step.ts'

/** The two databases of a centre in a PostgreSQL that others may use too, and copies of them as backups. */
export interface CentreDatabases {
  readonly casesUrl: string
  readonly keysUrl: string
  /** Nobody may be connected. One backup is kept; a new one takes its place. */
  backUp(): Promise<void>
  hasBackup(): boolean
  /** Puts the backup in the place of the databases, which are gone then. Nobody may be connected. */
  restore(which: RestoredDatabases): Promise<void>
  drop(): Promise<void>
}

let made = 0

export async function createCentreDatabases(postgresUrl: string): Promise<CentreDatabases> {
  made += 1
  const stem = `chaos_${process.pid}_${Date.now()}_${made}`
  const names = [`${stem}_cases`, `${stem}_keys`] as const
  const copies = names.map((name) => `${name}_copy`)
  let hasBackup = false
  const urlOf = (name: string): string => {
    const url = new URL(postgresUrl)
    url.pathname = `/${name}`
    return url.href
  }
  const run = (statements: readonly string[]) => asAdmin(postgresUrl, statements)
  const replace = (target: string, source: string) => [
    `DROP DATABASE IF EXISTS ${target} WITH (FORCE)`,
    `CREATE DATABASE ${target} TEMPLATE ${source} STRATEGY file_copy`
  ]
  const pairs = names.map((name, index) => [name, copies[index] ?? ''] as const)
  await run(names.map((name) => `CREATE DATABASE ${name}`))
  return {
    casesUrl: urlOf(names[0]),
    keysUrl: urlOf(names[1]),
    backUp: async () => {
      await run(pairs.flatMap(([name, copy]) => replace(copy, name)))
      hasBackup = true
    },
    hasBackup: () => hasBackup,
    restore: (which) => {
      const chosen = pairs.filter((_, index) => which === 'both' || index === (which === 'cases' ? 0 : 1))
      return run(chosen.flatMap(([name, copy]) => replace(name, copy)))
    },
    drop: () => run([...names, ...copies].map((name) => `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))
  }
}

async function asAdmin(postgresUrl: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: postgresUrl })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}
