import { type Migration, migrate } from '../db/migrate.ts'
import { createPool, type Pool } from '../db/pool.ts'
import { createDatabase, dropDatabase } from './test-centre.ts'

export interface MigrationTest {
  readonly pool: Pool
  /** Brings the database to this version, with the real migrations up to it. */
  to(version: number): Promise<void>
  close(): Promise<void>
}

/** An empty database to take through the history of `migrations` step by step. */
export async function openMigrationTest(migrations: readonly Migration[]): Promise<MigrationTest> {
  const url = await createDatabase()
  const pool = createPool({ connectionString: url, applicationName: 'test', onIdleError: () => undefined })
  return {
    pool,
    to: async (version) => {
      await migrate(
        pool,
        migrations.filter((migration) => migration.version <= version)
      )
    },
    close: async () => {
      await pool.end()
      await dropDatabase(url)
    }
  }
}
