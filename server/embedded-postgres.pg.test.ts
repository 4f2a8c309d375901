import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { startEmbeddedPostgres } from './embedded-postgres.ts'

let dir: string

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'mnk-embedded-'))
  chmodSync(dir, 0o755) // as root PostgreSQL runs under another account, which must pass
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

async function ask(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

test('what was stored is there after a restart', async () => {
  const first = await startEmbeddedPostgres({ dir })
  const firstUrl = await first.createDatabase('cases')
  await ask(firstUrl, "CREATE TABLE kept AS SELECT '가나다' AS word")
  await first.stop()

  const second = await startEmbeddedPostgres({ dir })
  const secondUrl = await second.createDatabase('cases')
  expect(await ask(secondUrl, 'SELECT word FROM kept')).toEqual([{ word: '가나다' }])
  await second.stop()
  await expect(ask(secondUrl, 'SELECT 1 AS one')).rejects.toThrow(/ECONNREFUSED/)
})

test('nobody connects without the password, nor from another machine', async () => {
  const postgres = await startEmbeddedPostgres({ dir })
  const url = new URL(postgres.url('postgres'))
  url.password = 'guessed'
  await expect(ask(url.href, 'SELECT 1 AS one')).rejects.toThrow(/password authentication failed/)
  expect(await ask(postgres.url('postgres'), 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }])
  await postgres.stop()
})

test('a failed statement leaves no personal data in the log', async () => {
  const postgres = await startEmbeddedPostgres({ dir })
  const url = postgres.url('postgres')
  await ask(url, 'CREATE TABLE people (rrn text PRIMARY KEY)')
  await ask(url, "INSERT INTO people VALUES ('990101-1234567')")
  await expect(ask(url, "INSERT INTO people VALUES ('990101-1234567')")).rejects.toThrow(/duplicate key/)
  await postgres.stop()
  const log = readFileSync(path.join(dir, 'data/server.log'), 'utf8')
  expect(log).toContain('duplicate key')
  expect(log).not.toContain('990101')
})

test('a second start on the same folder is refused while the first runs', async () => {
  const postgres = await startEmbeddedPostgres({ dir })
  await expect(startEmbeddedPostgres({ dir })).rejects.toThrow(/in use by process/)
  expect(await ask(postgres.url('postgres'), 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  await postgres.stop()
})

test('one left over by a killed process is stopped and its data kept', async () => {
  const script = path.join(dir, 'owner.ts')
  const module = path.join(import.meta.dirname, 'embedded-postgres.ts')
  writeFileSync(
    script,
    `import { startEmbeddedPostgres } from ${JSON.stringify(module)}
     const postgres = await startEmbeddedPostgres({ dir: ${JSON.stringify(path.join(dir, 'cluster'))} })
     console.log(await postgres.createDatabase('left'))
     setInterval(() => undefined, 1000)`
  )
  const owner = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const leftUrl = String(await new Promise((resolve) => owner.stdout.once('data', resolve))).trim()
  const ended = new Promise((resolve) => owner.once('exit', resolve))
  owner.kill('SIGKILL')
  await ended
  expect(await ask(leftUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }])

  const next = await startEmbeddedPostgres({ dir: path.join(dir, 'cluster') })
  await expect(ask(leftUrl, 'SELECT 1 AS one')).rejects.toThrow(/ECONNREFUSED/)
  expect(await ask(next.url('left'), 'SELECT current_database() AS name')).toEqual([{ name: 'left' }])
  await next.stop()
})

test('a signal that nobody else handles stops the database before the process', async () => {
  const script = path.join(dir, 'owner.ts')
  const module = path.join(import.meta.dirname, 'embedded-postgres.ts')
  writeFileSync(
    script,
    `import { startEmbeddedPostgres } from ${JSON.stringify(module)}
     const postgres = await startEmbeddedPostgres({ dir: ${JSON.stringify(path.join(dir, 'cluster'))} })
     console.log(postgres.url('postgres'))
     setInterval(() => undefined, 1000)`
  )
  const owner = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const url = String(await new Promise((resolve) => owner.stdout.once('data', resolve))).trim()
  const ended = new Promise((resolve) => owner.once('exit', (_code, signal) => resolve(signal)))
  owner.kill('SIGTERM')
  expect(await ended).toBe('SIGTERM')
  await expect(ask(url, 'SELECT 1 AS one')).rejects.toThrow(/ECONNREFUSED/)
})

test.runIf(process.getuid?.() === 0)(
  'root may keep it in a folder of its own, and nothing outside outlives that folder',
  async () => {
    const closed = path.join(dir, 'closed')
    mkdirSync(closed, { mode: 0o700 })
    const postgres = await startEmbeddedPostgres({ dir: path.join(closed, 'cluster') })
    const [row] = await ask(postgres.url('postgres'), "SELECT current_setting('data_directory') AS place")
    const { place } = z.object({ place: z.string() }).parse(row)
    await postgres.stop()
    expect(existsSync(place)).toBe(true)

    rmSync(closed, { recursive: true })
    mkdirSync(path.join(dir, 'other'), { mode: 0o700 })
    const next = await startEmbeddedPostgres({ dir: path.join(dir, 'other/cluster') })
    await next.stop()
    expect(existsSync(place)).toBe(false)
  }
)
