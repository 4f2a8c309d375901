import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, copyFileSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { revealSecret } from '#shared/foundation/redacted.ts'
import { createDatabase, dropDatabase, openTestCentre, TEST_MASTER_KEY } from '../testing/test-centre.ts'

const CLI = path.join(import.meta.dirname, '../cli.ts')
let dir: string
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'mnk-destruction-cli-'))
  chmodSync(dir, 0o755) // as root PostgreSQL runs under another account, which must pass
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

/** As an operator types it. */
async function cli(args: readonly string[], over: Record<string, string> = {}) {
  const { DATABASE_URL: _cases, KEYS_DATABASE_URL: _keys, ...env } = process.env
  const child = spawn(process.execPath, [CLI, ...args], { env: { ...env, ...over } })
  let [out, told] = ['', '']
  child.stdout.on('data', (chunk) => (out += chunk))
  child.stderr.on('data', (chunk) => (told += chunk))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, out, told }
}

test('an embedded centre opens under its new master key, also where the rotation was cut off before the file was put in place', {
  timeout: 120_000
}, async () => {
  const key = path.join(dir, 'master-key')
  const status = ['destruction', 'status', '--district', '11680', '--data', dir]
  expect(await cli(status)).toMatchObject({ code: 0, out: '[]\n' })
  const old = readFileSync(key, 'utf8')
  copyFileSync(key, `${key}.old`)
  expect((await cli(['keys', 'rehearse', '--data', dir])).out).toContain('could be rotated')
  expect(readFileSync(key, 'utf8')).toBe(old)
  expect((await cli(['keys', 'rotate', '--data', dir])).out).toContain('destroy it')
  expect(readFileSync(key, 'utf8')).not.toBe(old)
  renameSync(key, `${key}.next`)
  renameSync(`${key}.old`, key)
  expect(await cli(status)).toMatchObject({ code: 0, out: '[]\n' })
  expect([existsSync(`${key}.next`), readFileSync(key, 'utf8') === old]).toEqual([false, false])
})

test("an office's own databases are rotated under the key that it names, and not while a centre runs", {
  timeout: 60_000
}, async () => {
  const [databaseUrl, keysUrl] = [await createDatabase(), await createDatabase()]
  const server = await openTestCentre({ databaseUrl, keysDatabaseUrl: keysUrl })
  const env = {
    DATABASE_URL: databaseUrl,
    KEYS_DATABASE_URL: keysUrl,
    MNK_MASTER_KEY: Buffer.from(revealSecret(TEST_MASTER_KEY)).toString('base64')
  }
  const fresh = { MNK_NEW_MASTER_KEY: Buffer.alloc(32, 9).toString('base64') }
  const rotate = (over = {}) => cli(['keys', 'rotate'], { ...env, ...over })
  expect(await rotate()).toMatchObject({ code: 1, told: expect.stringContaining('MNK_NEW_MASTER_KEY') })
  expect(await rotate(fresh)).toMatchObject({ code: 1, told: expect.stringContaining('stop every app server') })
  expect(await rotate({ MNK_NEW_MASTER_KEY: 'short' })).toMatchObject({ code: 1 })
  await server.app.close()
  await server.centre.close()
  expect((await rotate(fresh)).code).toBe(0)
  expect(await rotate(fresh)).toMatchObject({ code: 1, told: expect.stringContaining('master key') })
  await Promise.all([dropDatabase(databaseUrl), dropDatabase(keysUrl)])
})
