import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import {
  type PostgresBinaries,
  postgresBinaries,
  reachableDir,
  type Unprivileged,
  unprivilegedAccount
} from './embedded-postgres-binaries.ts'

export interface EmbeddedPostgresOptions {
  /** Holds the cluster, its password and its log; made when missing, used again when there. */
  dir: string
  /** PostgreSQL settings by name; values without spaces. */
  settings?: Readonly<Record<string, string>>
}

export interface EmbeddedPostgres {
  /** Connection URL of a database of this cluster, whether it exists or not. */
  url(database: string): string
  /** Makes the database when it is missing and resolves with its URL. */
  createDatabase(name: string): Promise<string>
  /** Ends all connections and shuts down cleanly; a second call waits for the first. */
  stop(): Promise<void>
}

const SUPERUSER = 'manneungki'

/** Loopback only, and no statement or value in the log: they hold personal data. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  log_statement: 'none',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_parameter_max_length_on_error: '0',
  timezone: 'UTC'
}

/** A cluster on disk and the means to run it. */
interface Cluster {
  dir: string
  data: string
  password: string
  binaries: PostgresBinaries
  account: Unprivileged | undefined
}

/**
 * Starts a real PostgreSQL of our own for development, demo and tests; an office gives DATABASE_URL instead.
 * It listens on a free loopback port, asks for a password, and stops with this process: on `stop()`, at exit, and on
 * SIGINT, SIGTERM or SIGHUP. One left over by a killed process is stopped first.
 * Throws when another living process uses the same folder, or when PostgreSQL does not start (with the end of its log).
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const cluster = await openCluster(options.dir)
  await clearLeftover(cluster)
  const port = await freePort()
  await launch(cluster, { ...SETTINGS, ...options.settings, port: String(port) })
  const url = (database: string) =>
    `postgres://${SUPERUSER}:${cluster.password}@127.0.0.1:${port}/${encodeURIComponent(database)}`

  let stopping: Promise<void> | undefined
  const stop = () => {
    stopping ??= runPgCtl(cluster, ['stop', '-m', 'fast', '-w', '-t', '30']).finally(release)
    return stopping
  }
  const release = stopWithProcess({ stop, stopWithoutWaiting: () => signalStop(cluster, () => stopping !== undefined) })
  return { url, stop, createDatabase: (name) => createDatabase({ admin: url('postgres'), name, url: url(name) }) }
}

async function openCluster(wantedDir: string): Promise<Cluster> {
  const account = unprivilegedAccount()
  const dir = reachableDir(wantedDir, account)
  const binaries = await postgresBinaries(account)
  const data = path.join(dir, 'data')
  const passwordFile = path.join(dir, 'password')
  mkdirSync(dir, { recursive: true })
  if (account) chmodSync(dir, 0o711) // the account must pass through to its data
  if (existsSync(path.join(data, 'PG_VERSION')) && existsSync(passwordFile)) {
    return { dir, data, password: readFileSync(passwordFile, 'utf8'), binaries, account }
  }
  const password = randomPassword()
  const cluster = { dir, data, password, binaries, account }
  rmSync(data, { recursive: true, force: true }) // a folder without these two files is a first start that was cut off
  await initialise(cluster)
  writeFileSync(passwordFile, password, { mode: 0o600 })
  return cluster
}

async function initialise({ data, password, binaries, account }: Cluster): Promise<void> {
  mkdirSync(data, { mode: 0o700 })
  const passwordFile = path.join(tmpdir(), `mnk-postgres-${process.pid}-${Date.now()}`)
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (account) for (const file of [data, passwordFile]) chownSync(file, account.uid, account.gid)
  const args = ['-D', data, '-U', SUPERUSER, '--pwfile', passwordFile, '-A', 'scram-sha-256', '-E', 'UTF8', '--no-sync']
  const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  try {
    const { code, output } = await runBinary(binaries.initdb, [...args, ...locale], account)
    if (code !== 0) throw new Error(`initdb ended with code ${code}: ${output}`)
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

/** Stops a PostgreSQL whose owner was killed. */
async function clearLeftover(cluster: Cluster): Promise<void> {
  const pidFile = path.join(cluster.data, 'postmaster.pid')
  if (existsSync(pidFile) && !isAlive(Number.parseInt(readFileSync(pidFile, 'utf8'), 10))) rmSync(pidFile)
  const running = await runBinary(cluster.binaries.pgCtl, ['status', '-D', cluster.data], cluster.account)
  if (running.code !== 0) return
  const owner = Number(readFileSync(ownerFile(cluster), { encoding: 'utf8', flag: 'a+' }))
  if (owner > 0 && isAlive(owner)) {
    throw new Error(`The embedded PostgreSQL in ${cluster.dir} is in use by process ${owner}. Stop that one first.`)
  }
  await runPgCtl(cluster, ['stop', '-m', 'fast', '-w'])
}

async function launch(cluster: Cluster, settings: Record<string, string>): Promise<void> {
  const flags = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`)
  rmSync(logFile(cluster), { force: true })
  writeFileSync(ownerFile(cluster), String(process.pid))
  await runPgCtl(cluster, ['start', '-w', '-t', '60', '-l', logFile(cluster), '-o', flags.join(' ')])
}

async function createDatabase(target: { admin: string; name: string; url: string }): Promise<string> {
  const client = new pg.Client({ connectionString: target.admin })
  await client.connect()
  try {
    const found = await client.query('SELECT 1 AS found FROM pg_database WHERE datname = $1', [target.name])
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${pg.escapeIdentifier(target.name)}`)
  } finally {
    await client.end()
  }
  return target.url
}

interface Stoppable {
  stop(): Promise<void>
  stopWithoutWaiting(): void
}

/**
 * Ties the database to this process. Where someone else listens to the same signal, the shutdown is theirs and must
 * await `stop()`; otherwise we stop and let the signal have its way. Returns the function that unties.
 */
function stopWithProcess({ stop, stopWithoutWaiting }: Stoppable): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  const onSignal = (signal: NodeJS.Signals) => {
    if (process.listenerCount(signal) > 1) return
    const letItEnd = () => process.kill(process.pid, signal)
    stop().then(letItEnd, (fault: unknown) => {
      process.stderr.write(`${fault instanceof Error ? fault.message : 'PostgreSQL did not stop'}\n`)
      letItEnd()
    })
  }
  process.on('exit', stopWithoutWaiting)
  for (const signal of signals) process.on(signal, onSignal)
  return () => {
    process.off('exit', stopWithoutWaiting)
    for (const signal of signals) process.off(signal, onSignal)
  }
}

/** At exit nothing can be awaited: PostgreSQL is told to stop and does so by itself. */
function signalStop({ binaries, data, account }: Cluster, alreadyStopping: () => boolean): void {
  if (alreadyStopping()) return
  spawnSync(binaries.pgCtl, ['stop', '-D', data, '-m', 'fast', '-W'], { stdio: 'ignore', ...account })
}

async function runPgCtl(cluster: Cluster, args: string[]): Promise<void> {
  const [action = '', ...rest] = args
  const { code } = await runBinary(cluster.binaries.pgCtl, [action, '-D', cluster.data, ...rest], cluster.account)
  if (code === 0) return
  const log = existsSync(logFile(cluster)) ? readFileSync(logFile(cluster), 'utf8').slice(-2000) : '(no log)'
  throw new Error(`PostgreSQL: "pg_ctl ${action}" ended with code ${code}. Its log ends:\n${log}`)
}

/**
 * Resolves on exit, not on the end of the output: on Windows the server inherits the pipes and keeps them open.
 */
function runBinary(file: string, args: string[], account: Unprivileged | undefined) {
  return new Promise<{ code: number; output: string }>((resolve, reject) => {
    const env = { ...process.env, LC_ALL: 'C', LC_MESSAGES: 'C', PGDATA: undefined, PGPORT: undefined }
    // A session of its own: Ctrl+C in a terminal must reach us alone, so that we can stop in order.
    const child = spawn(file, args, { ...account, env, detached: true, windowsHide: true, cwd: path.dirname(file) })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.once('error', reject)
    child.once('exit', (code) => {
      child.stdout.destroy()
      child.stderr.destroy()
      resolve({ code: code ?? 1, output: output.slice(-2000) })
    })
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = address !== null && typeof address === 'object' ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}

const logFile = ({ data }: Cluster) => path.join(data, 'server.log')
const ownerFile = ({ dir }: Cluster) => path.join(dir, 'owner')

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (fault) {
    return fault instanceof Error && 'code' in fault && fault.code === 'EPERM'
  }
  return !isZombie(pid)
}

/** In a container whose first process does not collect the dead, a killed process keeps its number. */
function isZombie(pid: number): boolean {
  const status = `/proc/${pid}/status`
  return existsSync(status) && /^State:\s+Z/m.test(readFileSync(status, 'utf8'))
}

/** Guards a loopback port of a development machine; not one of the product's keys. */
function randomPassword(): string {
  return Array.from(globalThis.crypto.getRandomValues(new Uint8Array(24)), (byte) => byte.toString(16)).join('')
}
