import { cpSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Pool } from '../../server/db/pool.ts'

/** Copies the data folder of a running PostgreSQL, as `pg_basebackup` would; `dir` must be on the same machine. */
export async function backUpDataFolder(pool: Pool, dir: string, to: string): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query("SELECT pg_backup_start('copy', true)")
    cpSync(dir, to, { recursive: true, filter: (file) => path.basename(file) !== 'postmaster.pid' })
    const { rows } = await client.query<{ label: string }>(`SELECT labelfile AS label FROM pg_backup_stop(false)`)
    writeFileSync(path.join(to, 'backup_label'), rows[0]?.label ?? '')
    // What was written up to the end of the backup lies in the log: the last piece of it once more.
    cpSync(path.join(dir, 'pg_wal'), path.join(to, 'pg_wal'), { recursive: true })
  } finally {
    client.release()
  }
}
