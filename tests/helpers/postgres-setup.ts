import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '../../server/embedded-postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection URL of the run's PostgreSQL, with rights to make databases. */
    postgresUrl: string
  }
}

/** Starts one PostgreSQL for the whole run. Its files are thrown away, so nothing needs to reach the disk. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = mkdtempSync(path.join(tmpdir(), 'mnk-postgres-'))
  const postgres = await startEmbeddedPostgres({
    dir,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' }
  })
  project.provide('postgresUrl', postgres.url('postgres'))
  return async () => {
    await postgres.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}
