import path from 'node:path'
import type { Redacted } from '#shared/foundation/redacted.ts'
import { expectOk } from '#shared/foundation/result.ts'
import type { DatabaseConfig } from './config.ts'
import { createPool } from './db/pool.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import { opensNewestEpoch } from './keys/epochs.ts'
import { adoptNextMasterKey, embeddedMasterKey, hasNextMasterKey, nextMasterKey } from './keys/master-key.ts'
import { nodeCipher } from './keys/node-crypto.ts'

export interface DatabaseAccess {
  readonly databaseUrl: string
  readonly keysDatabaseUrl: string
  readonly masterKey: Redacted<Uint8Array>
  /** The master key that a rotation brings in; null: nobody has named one. */
  newMasterKey(): Redacted<Uint8Array> | null
  /** The rotation is done, and every key stands under the new one. */
  adoptNewMasterKey(): void
  stop(): Promise<void>
}

/** The two databases: the office's own, or a PostgreSQL that is started for this process in its data folder. */
export async function openDatabases(config: DatabaseConfig): Promise<DatabaseAccess> {
  if (config.type === 'External') {
    const { databaseUrl, keysDatabaseUrl, masterKey, newMasterKey } = config
    const own = { newMasterKey: () => newMasterKey, adoptNewMasterKey: () => undefined, stop: async () => undefined }
    return { databaseUrl, keysDatabaseUrl, masterKey, ...own }
  }
  const { dataDir } = config
  const postgres = await startEmbeddedPostgres({ dir: path.join(dataDir, 'postgres') })
  const databaseUrl = await postgres.createDatabase('mnk_cases')
  const keysDatabaseUrl = await postgres.createDatabase('mnk_keys')
  if (hasNextMasterKey(dataDir)) await finishAdoption(dataDir, keysDatabaseUrl)
  return {
    databaseUrl,
    keysDatabaseUrl,
    masterKey: expectOk(embeddedMasterKey(dataDir)),
    newMasterKey: () => expectOk(nextMasterKey(dataDir)),
    adoptNewMasterKey: () => adoptNextMasterKey(dataDir),
    stop: () => postgres.stop()
  }
}

/** A rotation may have been cut off just before its new master key took the old one's place. */
async function finishAdoption(dataDir: string, keysDatabaseUrl: string): Promise<void> {
  const keysPool = createPool({
    connectionString: keysDatabaseUrl,
    applicationName: 'mnk-key-file',
    onIdleError: () => undefined // the next statement fails and is reported
  })
  try {
    const masterKey = expectOk(nextMasterKey(dataDir))
    if (await opensNewestEpoch({ keysPool, cipher: nodeCipher, masterKey })) adoptNextMasterKey(dataDir)
  } finally {
    await keysPool.end()
  }
}
