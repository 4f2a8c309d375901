import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { chmodSync, cpSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { clockEnv, nodeWith, type TestClock } from './clock/test-clock.ts'

const root = resolve(import.meta.dirname, '../..')
const START_LIMIT_MS = 120_000

export interface Centre {
  readonly url: string
  /** Ends the server and its PostgreSQL; desks then find nobody at the address. */
  stop(): Promise<void>
  /** Starts it again on the same data and address. */
  start(): Promise<void>
  /** Runs a command of the operators' on its data, for which it stops meanwhile; its words. */
  operate(...command: readonly string[]): Promise<string>
  /** The same for a script of the project. @throws when it does not end with 0. */
  runScript(script: string, ...options: readonly string[]): Promise<string>
  /** A copy of its databases as they are now, as an office keeps one: without the master key. The folder. */
  backUp(): Promise<string>
  /** Stops it for good and removes its data. */
  remove(): Promise<void>
}

interface CentreOptions {
  cases: number
  /** `code`: as in an office, where a new PC needs an administrator's code. */
  enrolment?: 'open' | 'code'
  /** A clock that can be put forward; the machine's unless given. */
  clock?: TestClock | null
}

/** A central server of its own: the real program with an embedded PostgreSQL and demo data. */
export async function startCentre({ cases, enrolment = 'open', clock = null }: CentreOptions): Promise<Centre> {
  const dir = mkdtempSync(join(tmpdir(), 'mnk-centre-'))
  chmodSync(dir, 0o711) // where we are root, PostgreSQL is another account's process, and keeps its data elsewhere otherwise
  const backups = mkdtempSync(join(tmpdir(), 'mnk-backups-'))
  const temp = ownTemp()
  const port = await freePort()
  let running: ChildProcess | null = null

  const start = async () => {
    running = await launch({ dir, temp, port, cases, enrolment, clock })
  }
  const stop = async () => {
    if (running) await end(running)
    running = null
  }
  const runScript = async (script: string, ...options: readonly string[]): Promise<string> => {
    await stop()
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [...nodeWith(clock), join(root, script), ...options, '--data', dir],
      { cwd: root, env: { ...withoutDatabase(), ...clockEnv(clock), TMPDIR: temp } }
    )
    await start()
    return stdout
  }
  await start()
  return {
    url: `http://127.0.0.1:${port}`,
    start,
    stop,
    operate: (...command) => runScript('server/cli.ts', ...command),
    runScript,
    backUp: async () => {
      await stop()
      const folder = join(backups, String(Date.now()))
      cpSync(join(dir, 'postgres/data'), folder, { recursive: true })
      await start()
      return folder
    },
    remove: async () => {
      await stop()
      for (const folder of [dir, backups, temp]) rmSync(folder, { recursive: true, force: true })
    }
  }
}

interface Launch extends Required<CentreOptions> {
  dir: string
  temp: string
  port: number
}

function launch({ dir, temp, port, cases, enrolment, clock }: Launch): Promise<ChildProcess> {
  const child = spawn(
    process.execPath,
    [
      ...nodeWith(clock),
      join(root, 'server/main.ts'),
      '--demo',
      ...['--port', String(port), '--data', dir, '--demo-cases', String(cases), '--enrolment', enrolment]
    ],
    {
      cwd: root,
      env: { ...withoutDatabase(), ...clockEnv(clock), TMPDIR: temp },
      stdio: ['ignore', 'pipe', 'pipe']
    }
  )
  const errors: string[] = []
  child.stderr?.on('data', (text: Buffer) => errors.push(text.toString()))
  return new Promise((settle, fail) => {
    const timer = setTimeout(
      () => fail(new Error(`the centre did not start:\n${errors.join('').slice(-4000)}`)),
      START_LIMIT_MS
    )
    child.once('exit', (code) => {
      clearTimeout(timer)
      fail(new Error(`the centre ended with ${code}:\n${errors.join('').slice(-4000)}`))
    })
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      if (!line.startsWith('READY ')) return
      clearTimeout(timer)
      settle(child)
    })
  })
}

/** Its temporary files are its own, so that they can be searched; PostgreSQL, another account's process, has some as well. */
function ownTemp(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mnk-temp-'))
  chmodSync(folder, 0o1777)
  return folder
}

function withoutDatabase(): NodeJS.ProcessEnv {
  const { DATABASE_URL: _cases, KEYS_DATABASE_URL: _keys, ...rest } = process.env
  return rest
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((settle) => {
    child.once('exit', () => settle())
    child.kill('SIGTERM')
  })
}

function freePort(): Promise<number> {
  return new Promise((settle) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => settle(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
