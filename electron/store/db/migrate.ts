import type { Database } from 'better-sqlite3-multiple-ciphers'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { Migration, MigrationTx } from '../migrations/migration-types.ts'

/**
 * Brings a file to the newest version. All pending migrations and the version run in one transaction: after a crash the
 * file is at the old version or at the new one. A version this program does not know is refused, never guessed at.
 */
export function migrate(
  raw: Database,
  migrations: readonly Migration[]
): Result<{ from: number; to: number }, { type: 'FileFromFuture'; version: number }> {
  requireRisingVersions(migrations)
  const from = Number(raw.pragma('user_version', { simple: true }))
  if (from !== 0 && !migrations.some((migration) => migration.version === from)) {
    return err({ type: 'FileFromFuture', version: from })
  }
  const pending = migrations.filter((migration) => migration.version > from)
  const to = pending.at(-1)?.version ?? from
  if (pending.length === 0) return ok({ from, to })
  const runPending = raw.transaction(() => {
    const tx = createMigrationTx(raw)
    for (const migration of pending) migration.up(tx)
    raw.pragma(`user_version = ${to}`)
  })
  runPending.immediate()
  return ok({ from, to })
}

function requireRisingVersions(migrations: readonly Migration[]): void {
  let last = 0
  for (const { version } of migrations) {
    if (!Number.isSafeInteger(version) || version <= last)
      throw new Error(`migration ${version} does not follow ${last}`)
    last = version
  }
}

const createMigrationTx = (raw: Database): MigrationTx => ({
  exec: (sql) => {
    raw.exec(sql)
  },
  run: (sql, ...params) => {
    raw.prepare(sql).run(...params)
  },
  all: <T>(sql: string, ...params: readonly (string | number | bigint | Uint8Array | null)[]) =>
    raw.prepare<unknown[], T>(sql).all(...params)
})
