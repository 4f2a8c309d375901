import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { CentrePoint } from '../plan/step.ts'

/** The real server in a process of its own, on databases that outlive it. */
export interface CentreProcess {
  readonly url: string
  /** Resolves when it serves. */
  start(): Promise<void>
  isRunning(): boolean
  dieAt(point: CentrePoint, passage: number): void
  kill(): Promise<void>
  /** Ends it in order. */
  stop(): Promise<void>
}

export interface CentreProcessOptions {
  readonly casesUrl: string
  readonly keysUrl: string
  /** base64 */
  readonly masterKey: string
  readonly logFile: string
  /** A line of the log that tells of a fault of the program. */
  readonly onFault: (line: string) => void
}

const root = resolve(import.meta.dirname, '../../..')
const START_LIMIT_MS = 60_000
const FAULT_LEVEL = 50

export async function createCentreProcess(options: CentreProcessOptions): Promise<CentreProcess> {
  const port = await freePort()
  const log = createWriteStream(options.logFile, { flags: 'a' })
  let running: ChildProcess | null = null
  const end = async (how: (child: ChildProcess) => void): Promise<void> => {
    const child = running
    if (child === null) return
    const ended = child.exitCode !== null || child.signalCode !== null
    const exit = ended ? Promise.resolve() : new Promise<void>((settle) => child.once('exit', () => settle()))
    how(child)
    await exit
    running = null
  }
  return {
    url: `http://127.0.0.1:${port}`,
    isRunning: () => running !== null && running.exitCode === null && running.signalCode === null,
    start: async () => {
      running = launch(options, port)
      await ready(running, { log: (line) => log.write(`${line}\n`), onFault: options.onFault })
    },
    dieAt: (point, passage) => {
      if (running?.connected) running.send({ die: { point, passage } }, () => undefined)
    },
    kill: () => end((child) => child.kill('SIGKILL')),
    stop: () => end((child) => child.kill('SIGTERM'))
  }
}

function launch({ casesUrl, keysUrl, masterKey }: CentreProcessOptions, port: number): ChildProcess {
  const points = join(import.meta.dirname, 'centre-points.ts')
  const env = {
    ...process.env,
    DATABASE_URL: casesUrl,
    KEYS_DATABASE_URL: keysUrl,
    MNK_MASTER_KEY: masterKey,
    MNK_LOG_LEVEL: 'info'
  }
  return spawn(process.execPath, ['--import', points, join(root, 'server/main.ts'), '--port', String(port)], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc']
  })
}

function ready(
  child: ChildProcess,
  hooks: { log: (line: string) => void; onFault: (line: string) => void }
): Promise<void> {
  const words: string[] = []
  createInterface({ input: child.stderr as NodeJS.ReadableStream }).on('line', (line) => {
    words.push(line)
    if (words.length > 20) words.shift()
    hooks.log(line)
    if (isFault(line)) hooks.onFault(line)
  })
  child.on('error', () => undefined) // a message to a process that has just died
  return new Promise((settle, fail) => {
    const timer = setTimeout(() => fail(new Error(`the centre did not start:\n${words.join('\n')}`)), START_LIMIT_MS)
    child.once('exit', () => {
      clearTimeout(timer)
      settle() // killed while it started, or it says in its log why it does not: the next start tells
    })
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      if (!line.startsWith('READY ')) return
      clearTimeout(timer)
      settle()
    })
  })
}

/** Anything that is no line of the log is what Node says of an error that nobody caught. */
function isFault(line: string): boolean {
  try {
    return (JSON.parse(line) as { level?: number }).level === undefined || levelOf(line) >= FAULT_LEVEL
  } catch {
    return !/^\(node:|^\(Use `node/.test(line) // Node's own warnings
  }
}

const levelOf = (line: string): number => (JSON.parse(line) as { level: number }).level

export function freePort(): Promise<number> {
  return new Promise((settle) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => settle(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
