import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expectOk } from '#shared/foundation/result.ts'
import { openStoreDb, type StoreDb } from '../db/database.ts'
import { migrate } from '../db/migrate.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import { MIGRATIONS } from '../migrations/index.ts'

/** From the sources. */
export const gatherThread = new URL('../db/gather-thread.ts', import.meta.url)

export interface TestStore {
  readonly db: StoreDb
  readonly dir: string
  readonly file: string
  readonly key: Uint8Array
  /** Brings a store that was opened at an older version further: the middle of a migration's twin test. */
  migrateTo(version: number): void
  /** Closes the connection and removes the folder. */
  close(): void
}

/** A real encrypted store in a folder of its own, at the newest version or at `version`. */
export function openTestStore(options: { version?: number } = {}): TestStore {
  const dir = mkdtempSync(join(tmpdir(), 'mnk-store-'))
  const file = join(dir, 'store.db')
  const key = nodeCipher.randomBytes(32)
  const db = expectOk(openStoreDb({ file, key, create: true, migrations: upTo(options.version), ...addonOption() }))
  return {
    db,
    dir,
    file,
    key,
    migrateTo: (version) => {
      expectOk(migrate(db.raw, upTo(version)))
    },
    close: () => {
      db.close()
      rmSync(dir, { recursive: true })
    }
  }
}

const upTo = (version: number | undefined) =>
  version === undefined ? MIGRATIONS : MIGRATIONS.filter((migration) => migration.version <= version)

const addonOption = (): { nativeBinding?: string } => {
  const addon = process.env.MNK_SQLITE_ADDON
  return addon === undefined ? {} : { nativeBinding: addon }
}
