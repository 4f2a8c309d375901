import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { revealSecret } from '#shared/foundation/redacted.ts'
import { readConfig } from './config.ts'

const dir = mkdtempSync(path.join(tmpdir(), 'mnk-config-'))
afterAll(() => rmSync(dir, { recursive: true }))
const file = (name: string, content: string) => {
  writeFileSync(path.join(dir, name), content)
  return path.join(dir, name)
}

const KEY = Buffer.alloc(32, 5).toString('base64')
const EXTERNAL = {
  DATABASE_URL: 'postgres://centre@db/cases',
  KEYS_DATABASE_URL: 'postgres://centre@keys/keys',
  MNK_MASTER_KEY: KEY
}
const CERT = file('cert.pem', 'CERT')
const CERT_KEY = file('key.pem', 'KEY')

const problem = (args: string[], env: Record<string, string> = {}) => {
  const config = readConfig(args, env)
  return config.ok ? null : config.error.message
}

test('without settings the centre is embedded and listens on the loopback address', () => {
  expect(readConfig([], {})).toEqual({
    ok: true,
    value: {
      host: '127.0.0.1',
      port: 8711,
      database: { type: 'Embedded', dataDir: expect.stringContaining('centre') },
      demo: null,
      tls: null,
      behindProxy: false,
      enrolment: 'code',
      logLevel: 'info'
    }
  })
})

test('an office names its two databases and its master key, the key in the environment or in a file', () => {
  const fromEnv = readConfig([], EXTERNAL)
  const { MNK_MASTER_KEY: _key, ...rest } = EXTERNAL
  const fromFile = readConfig([], { ...rest, MNK_MASTER_KEY_FILE: file('master', `${KEY}\n`) })
  for (const config of [fromEnv, fromFile]) {
    if (!config.ok || config.value.database.type !== 'External') throw new Error('not external')
    expect(config.value.database).toMatchObject({
      databaseUrl: EXTERNAL.DATABASE_URL,
      keysDatabaseUrl: EXTERNAL.KEYS_DATABASE_URL
    })
    expect(revealSecret(config.value.database.masterKey)).toEqual(new Uint8Array(32).fill(5))
    expect(JSON.stringify(config)).not.toContain(KEY)
  }
})

test('the demo has its cases and its seed', () => {
  expect(readConfig(['--demo', '--demo-cases', '50', '--demo-seed', '7', '--port', '0'], {})).toMatchObject({
    value: { demo: { cases: 50, seed: 7 }, port: 0 }
  })
})

test('a PC needs a code to enrol, but at a demo on this very machine', () => {
  expect(readConfig(['--demo'], {})).toMatchObject({ value: { enrolment: 'open' } })
  expect(readConfig(['--demo', '--enrolment', 'code'], {})).toMatchObject({ value: { enrolment: 'code' } })
  expect(readConfig(['--enrolment', 'open'], {})).toMatchObject({ value: { enrolment: 'open' } })
  expect(problem(['--enrolment', 'open', '--host', '0.0.0.0'], { MNK_BEHIND_PROXY: '1' })).toContain('loopback')
})

test('an address that others can reach needs TLS, here or at a proxy', () => {
  const open = ['--host', '0.0.0.0']
  expect(problem(open)).toContain('TLS')
  expect(problem(open, { MNK_BEHIND_PROXY: '1' })).toBeNull()
  expect(readConfig(open, { MNK_TLS_CERT: CERT, MNK_TLS_KEY: CERT_KEY })).toMatchObject({
    value: { tls: { cert: 'CERT', key: 'KEY' } }
  })
})

test.each<[string, string[], Record<string, string>, string]>([
  ['one database alone', [], { DATABASE_URL: EXTERNAL.DATABASE_URL }, 'KEYS_DATABASE_URL'],
  ['keys among the cases', [], { ...EXTERNAL, KEYS_DATABASE_URL: EXTERNAL.DATABASE_URL }, 'of their own'],
  ['no master key', [], { ...EXTERNAL, MNK_MASTER_KEY: '' }, 'MNK_MASTER_KEY'],
  ['a short master key', [], { ...EXTERNAL, MNK_MASTER_KEY: 'c2hvcnQ=' }, 'MNK_MASTER_KEY'],
  ['a master key that is no base64', [], { ...EXTERNAL, MNK_MASTER_KEY: `${KEY.slice(0, -2)}!=` }, 'MNK_MASTER_KEY'],
  ['another kind of database', [], { ...EXTERNAL, DATABASE_URL: 'mysql://x/y' }, 'DATABASE_URL'],
  ['a certificate that is not there', [], { MNK_TLS_CERT: '/nowhere', MNK_TLS_KEY: CERT_KEY }, 'PEM'],
  ['half of a certificate', [], { MNK_TLS_CERT: CERT }, 'PEM'],
  ['a port that is none', ['--port', '99999'], {}, '--port'],
  ['an option that does not exist', ['--demonstrate'], {}, '--demonstrate']
])('%s is refused in words', (_name, args, env, words) => {
  expect(problem(args, env)).toContain(words)
})
