import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, expect, test } from 'vitest'
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/sync-protocol/protocol-version.ts'
import { DEMO_PASSWORD } from './demo.ts'
import { createDatabase, dropDatabase, signInPayload } from './testing/test-centre.ts'

const SERVER = path.join(import.meta.dirname, 'main.ts')
const CLI = path.join(import.meta.dirname, 'cli.ts')
const dir = mkdtempSync(path.join(tmpdir(), 'mnk-main-'))
const running = new Set<ChildProcess>()
afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
  rmSync(dir, { recursive: true, force: true })
})

interface Run {
  readonly child: ChildProcess
  readonly ended: Promise<number | null>
  output(): string
}

function run(file: string, args: string[], { env = {}, input = '' } = {}): Run {
  const { DATABASE_URL: _cases, KEYS_DATABASE_URL: _keys, ...inherited } = process.env
  const child = spawn(process.execPath, [file, ...args], {
    env: { ...inherited, ...env },
    stdio: ['pipe', 'pipe', 'pipe']
  })
  running.add(child)
  let output = ''
  child.stderr.on('data', (chunk) => (output += chunk))
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stdin.end(input)
  const ended = new Promise<number | null>((resolve) =>
    child.once('exit', (code) => {
      running.delete(child)
      resolve(code)
    })
  )
  return { child, ended, output: () => output }
}

/** The address from the READY line. */
function ready({ child, ended, output }: Run): Promise<string> {
  return new Promise((resolve, reject) => {
    if (child.stdout === null) return reject(new Error('no output'))
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('READY ')) resolve((JSON.parse(line.slice(6)) as { url: string }).url)
    })
    ended.then((code) => reject(new Error(`ended with ${code}: ${output()}`)), reject)
  })
}

const signIn = (url: string, login: string, password: string) =>
  fetch(`${url}/v1/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [PROTOCOL_HEADER]: String(PROTOCOL_VERSION) },
    body: JSON.stringify(signInPayload({ login, password }))
  })

async function countCases(url: string, login: string): Promise<number> {
  const { token } = (await (await signIn(url, login, DEMO_PASSWORD)).json()) as { token: string }
  const response = await fetch(`${url}/v1/changes?cursor=0`, {
    headers: { authorization: `Bearer ${token}`, [PROTOCOL_HEADER]: String(PROTOCOL_VERSION) }
  })
  const [start = ''] = (await response.text()).split('\n')
  return (JSON.parse(start) as { total: number }).total
}

test('an embedded demo centre starts, stops in order, and has the same cases when it starts again', {
  timeout: 120_000
}, async () => {
  const args = ['--demo', '--demo-cases', '60', '--port', '0', '--data', dir]
  const counts: number[] = []
  for (let start = 0; start < 2; start += 1) {
    const server = run(SERVER, args)
    const url = await ready(server)
    counts.push((await countCases(url, 'gangnam.kim')) + (await countCases(url, 'mapo.park')))
    server.child.kill('SIGTERM')
    expect(await server.ended).toBe(0)
    await expect(fetch(`${url}/healthz`)).rejects.toThrow()
  }
  expect(counts).toEqual([60, 60])
  if (process.platform !== 'win32') expect(statSync(path.join(dir, 'master-key')).mode & 0o777).toBe(0o600)
  const cli = run(CLI, ['unlock', 'gangnam.kim', '--data', dir])
  expect([await cli.ended, cli.output()]).toEqual([0, 'gangnam.kim may try again.\n'])
})

test("a centre on the office's own databases gets its first account from the command line", {
  timeout: 60_000
}, async () => {
  const [databaseUrl, keysUrl] = [await createDatabase(), await createDatabase()]
  const env = {
    DATABASE_URL: databaseUrl,
    KEYS_DATABASE_URL: keysUrl,
    MNK_MASTER_KEY: Buffer.alloc(32, 1).toString('base64')
  }
  const person = ['--name', '오마루', '--department', '전산팀', '--role', 'administrator', '--district', '11680']
  const weak = run(CLI, ['create-account', 'first.admin', ...person], { env, input: 'weak\n' })
  expect(await weak.ended).toBe(1)
  const created = run(CLI, ['create-account', 'first.admin', ...person], { env, input: 'First-day-2026!\n' })
  expect([await created.ended, created.output()]).toEqual([0, 'first.admin was created.\n'])
  const twice = run(CLI, ['create-account', 'first.admin', ...person], { env, input: 'First-day-2026!\n' })
  expect(await twice.ended).toBe(1)
  const changed = run(CLI, ['set-password', 'first.admin'], { env, input: 'Second-day-2026!\n' })
  expect(await changed.ended).toBe(0)

  const server = run(SERVER, ['--port', '0'], { env })
  const url = await ready(server)
  expect((await signIn(url, 'first.admin', 'First-day-2026!')).status).toBe(401)
  expect((await signIn(url, 'first.admin', 'Second-day-2026!')).status).toBe(200)
  server.child.kill('SIGTERM')
  expect(await server.ended).toBe(0)
  await Promise.all([dropDatabase(databaseUrl), dropDatabase(keysUrl)])
})

test('a wrong setting ends the start with words and code 2', async () => {
  const server = run(SERVER, ['--host', '0.0.0.0'])
  expect(await server.ended).toBe(2)
  expect(server.output()).toContain('MNK_TLS_CERT')
  expect(server.output()).not.toContain(' at ')
})

test('a port that is taken, or a database that is not there, ends the start with words and code 1', {
  timeout: 60_000
}, async () => {
  const [databaseUrl, keysUrl] = [await createDatabase(), await createDatabase()]
  const env = {
    DATABASE_URL: databaseUrl,
    KEYS_DATABASE_URL: keysUrl,
    MNK_MASTER_KEY: Buffer.alloc(32, 1).toString('base64')
  }
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const { port } = taken.address() as AddressInfo
  const second = run(SERVER, ['--port', String(port)], { env })
  expect(await second.ended).toBe(1)
  expect(second.output()).toBe(
    `The centre did not start: port ${port} is taken, perhaps by a centre that runs already; --port chooses another.\n`
  )
  taken.close()
  const nowhere = run(SERVER, ['--port', '0'], { env: { ...env, KEYS_DATABASE_URL: `${keysUrl}_missing` } })
  expect(await nowhere.ended).toBe(1)
  expect(nowhere.output()).toMatch(/^The centre did not start: .*does not exist\n$/)
  const wrongKey = { ...env, MNK_MASTER_KEY: Buffer.alloc(32, 2).toString('base64') }
  const locked = run(SERVER, ['--port', '0'], { env: wrongKey })
  expect(await locked.ended).toBe(1)
  expect(locked.output()).toContain('master key')
  await Promise.all([dropDatabase(databaseUrl), dropDatabase(keysUrl)])
})

test('the help of the command line names every command it has', async () => {
  const cli = run(CLI, ['--help'])
  expect(await cli.ended).toBe(1)
  for (const command of ['create-account', 'set-password', 'unlock', 'enrolment-code', 'bring-capsule'])
    expect(cli.output()).toContain(command)
  expect(readFileSync(CLI, 'utf8')).not.toContain('--password')
})
