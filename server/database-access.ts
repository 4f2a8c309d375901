import path from 'node:path'
import type { Redacted } from '#shared/foundation/redacted.ts'
import { expectOk } from '#shared/foundation/result.ts'
import type { DatabaseConfig } from './config.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import { embeddedMasterKey } from './keys/master-key.ts'

export interface DatabaseAccess {
  readonly databaseUrl: string
  readonly keysDatabaseUrl: string
  readonly masterKey: Redacted<Uint8Array>
  stop(): Promise<void>
}

/** The two databases: the office's own, or a PostgreSQL that is started for this process in its data folder. */
export async function openDatabases(config: DatabaseConfig): Promise<DatabaseAccess> {
  if (config.type === 'External') {
    const { databaseUrl, keysDatabaseUrl, masterKey } = config
    return { databaseUrl, keysDatabaseUrl, masterKey, stop: async () => undefined }
  }
  const masterKey = expectOk(embeddedMasterKey(config.dataDir))
  const postgres = await startEmbeddedPostgres({ dir: path.join(config.dataDir, 'postgres') })
  return {
    databaseUrl: await postgres.createDatabase('mnk_cases'),
    keysDatabaseUrl: await postgres.createDatabase('mnk_keys'),
    masterKey,
    stop: () => postgres.stop()
  }
}
