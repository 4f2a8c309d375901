import { nodeCipher } from '../keys/node-crypto.ts'
import type { Pool } from './pool.ts'
import { runTx, type Tx } from './run-tx.ts'

/** One step of a database's history. Once released its text never changes: a migration is history. */
export interface Migration {
  /** Rises by tens. */
  readonly version: number
  readonly name: string
  /** The oldest version of the program that still works on a database that has taken this step. */
  readonly minSafeVersion: number
  /** Literal DDL; may not begin or end a transaction. */
  readonly sql: string
}

/** The database was changed by a newer program that this one cannot work beside. */
export class DatabaseFromFutureError extends Error {
  override readonly name = 'DatabaseFromFutureError'
}

/** A step that the database has taken reads otherwise today. */
export class MigrationAlteredError extends Error {
  override readonly name = 'MigrationAlteredError'
}

interface HistoryRow {
  version: number
  min_safe_version: number
  sha256: Buffer
}

/** The key of the advisory lock under which one app server migrates while the others wait. */
const MIGRATION_LOCK = 7_216_040

const CREATE_HISTORY = `CREATE TABLE IF NOT EXISTS schema_history (
  version integer PRIMARY KEY,
  name text NOT NULL,
  min_safe_version integer NOT NULL,
  sha256 bytea NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now()
)`

/**
 * Brings the database to the newest version known here: every pending step and its line in the history in one
 * transaction. Returns the versions applied now.
 * @throws DatabaseFromFutureError, MigrationAlteredError
 */
export function migrate(pool: Pool, migrations: readonly Migration[]): Promise<number[]> {
  return runTx(pool, async (tx) => {
    await tx.query('SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0')
    await tx.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK])
    await tx.query(CREATE_HISTORY)
    const history = await readHistory(tx)
    checkHistory(history, migrations)
    const pending = migrations.filter(({ version }) => !history.some((row) => row.version === version))
    for (const migration of pending) await applyStep(tx, migration)
    return pending.map(({ version }) => version)
  })
}

/** Whether the database stands where this program needs it: nothing pending, nothing it cannot work beside. */
export async function isMigrated(pool: Pool, migrations: readonly Migration[]): Promise<boolean> {
  const { rows } = await pool.query<{ version: number; min_safe_version: number }>(
    'SELECT version, min_safe_version FROM schema_history'
  )
  const known = new Set(rows.map(({ version }) => version))
  const newest = newestVersion(migrations)
  return migrations.every(({ version }) => known.has(version)) && rows.every((row) => row.min_safe_version <= newest)
}

async function readHistory(tx: Tx): Promise<HistoryRow[]> {
  const { rows } = await tx.query<HistoryRow>(
    'SELECT version, min_safe_version, sha256 FROM schema_history ORDER BY version'
  )
  return rows
}

function checkHistory(history: readonly HistoryRow[], migrations: readonly Migration[]): void {
  const newest = newestVersion(migrations)
  for (const row of history) {
    if (row.min_safe_version > newest) {
      throw new DatabaseFromFutureError(
        `the database is at version ${row.version} and needs a program of at least ${row.min_safe_version}; this one knows ${newest}`
      )
    }
    const migration = migrations.find(({ version }) => version === row.version)
    if (migration !== undefined && !nodeCipher.equal(row.sha256, nodeCipher.sha256(migration.sql))) {
      throw new MigrationAlteredError(`migration ${row.version} was applied with another text`)
    }
  }
}

async function applyStep(tx: Tx, { version, name, minSafeVersion, sql }: Migration): Promise<void> {
  await tx.query(sql)
  await tx.query('INSERT INTO schema_history (version, name, min_safe_version, sha256) VALUES ($1, $2, $3, $4)', [
    version,
    name,
    minSafeVersion,
    nodeCipher.sha256(sql)
  ])
}

const newestVersion = (migrations: readonly Migration[]): number => migrations.at(-1)?.version ?? 0
