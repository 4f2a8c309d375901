import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startEmbeddedPostgres } from '../embedded-postgres.ts'
import { reachableDir, type Unprivileged, unprivilegedAccount } from '../embedded-postgres-binaries.ts'

/** A backup of PostgreSQL's data folder, brought back to life beside the centre, for looking alone. */
export interface RestoredBackup {
  /** The database of this URL as it was when the backup was made. */
  url(databaseUrl: string): string
  /** Stops it and removes what was restored. */
  stop(): Promise<void>
}

/** `backup`: a copy of the data folder, as `pg_basebackup` makes it. It is copied, never changed. */
export async function restoreBackup(backup: string): Promise<RestoredBackup> {
  const own = mkdtempSync(path.join(tmpdir(), 'mnk-restored-'))
  const account = unprivilegedAccount()
  const dir = reachableDir(path.join(own, 'postgres'), account)
  const data = path.join(dir, 'data')
  const remove = () => {
    for (const folder of [dir, own]) rmSync(folder, { recursive: true, force: true })
  }
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    cpSync(backup, data, { recursive: true })
    for (const name of ['postmaster.pid', 'postmaster.opts']) rmSync(path.join(data, name), { force: true })
    // Its accounts' passwords are not known here, and nobody but this process connects: it listens on loopback.
    writeFileSync(path.join(data, 'pg_hba.conf'), 'host all all 127.0.0.1/32 trust\n')
    writeFileSync(path.join(dir, 'password'), 'none', { mode: 0o600 })
    chmodSync(data, 0o700) // PostgreSQL starts in no other
    if (account !== undefined) giveTo(account, data)
    const postgres = await startEmbeddedPostgres({ dir, settings: { archive_mode: 'off', ssl: 'off', fsync: 'off' } })
    const stop = async () => {
      await postgres.stop()
      remove()
    }
    return { url: (databaseUrl) => restoredUrl(databaseUrl, postgres.url('postgres')), stop }
  } catch (fault) {
    remove()
    throw fault
  }
}

function giveTo({ uid, gid }: Unprivileged, folder: string): void {
  chownSync(folder, uid, gid)
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    chownSync(path.join(folder, entry), uid, gid)
}

function restoredUrl(databaseUrl: string, restored: string): string {
  const [wanted, url] = [new URL(databaseUrl), new URL(restored)]
  url.username = wanted.username === '' ? url.username : wanted.username
  url.pathname = wanted.pathname
  return url.href
}
