import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { v7 as newUuid } from 'uuid'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import { redact } from '#shared/foundation/redacted.ts'
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/sync-protocol/protocol-version.ts'
import type { SignInResponse } from '#shared/sync-protocol/sign-in.ts'
import { createAccount } from '../../server/accounts/accounts.ts'
import { createSession } from '../../server/accounts/sessions.ts'
import { openCentre } from '../../server/centre.ts'
import { createPool } from '../../server/db/pool.ts'
import { startEmbeddedPostgres } from '../../server/embedded-postgres.ts'
import { seedCentre } from '../../server/seed/seed-centre.ts'
import { cpuSecondsOf, cpuSecondsOfFamily, parentOf, readyUrl } from './child.ts'
import { withFiller } from './fill-centre.ts'

/** A centre as an office runs it: its server a process of its own, a PostgreSQL at default durability, real accounts. */
export interface BenchCentre {
  readonly url: string
  /** Cases of a district, in the order of their making. */
  caseIds(districtCode: string): readonly string[]
  readonly seedRowsPerSecond: number
  readonly databaseUrl: string
  readonly keysDatabaseUrl: string
  /** Of all processes of PostgreSQL. */
  postgresCpuSeconds(): number
  /** Of the server's process alone: what holds also while the machine does other things. */
  cpuSeconds(): number
  megabytes(field: 'VmRSS' | 'VmHWM'): number
  signIn(districtCode: string): Promise<BenchSession>
  /** So many more sessions of each, on its PC, without the cost of a password. */
  alsoSignedIn(sessions: readonly BenchSession[], timesEach: number): Promise<BenchSession[]>
  stop(): Promise<void>
}

/** An account on a PC of its own. */
export interface BenchSession extends SignInResponse {
  readonly deviceId: string
  readonly headers: Readonly<Record<string, string>>
}

export interface BenchCentreOptions {
  /** Cases of all districts together. */
  readonly cases: number
  readonly districtCodes: readonly string[]
  /** Rows like each case that make the centre as many times larger (fill-centre.ts); none by default. */
  readonly copiesACase?: number
}

const root = path.resolve(import.meta.dirname, '../..')
const PASSWORD = 'Bench-2026!desk'
const MASTER_KEY = Buffer.alloc(32, 3)
const TODAY = '2026-11-20'
/** So that the cases that are worked on lie all over the files. */
const CASES_BETWEEN_COPIES = 100

export async function openBenchCentre(options: BenchCentreOptions): Promise<BenchCentre> {
  const dir = mkdtempSync(path.join(tmpdir(), 'mnk-bench-centre-'))
  const postgres = await startEmbeddedPostgres({ dir })
  const stopPostgres = async () => {
    await postgres.stop()
    rmSync(dir, { recursive: true, force: true })
  }
  try {
    const databases = {
      DATABASE_URL: await postgres.createDatabase('cases'),
      KEYS_DATABASE_URL: await postgres.createDatabase('keys'),
      MNK_MASTER_KEY: MASTER_KEY.toString('base64'),
      MNK_LOG_LEVEL: 'warn'
    }
    const seeded = await seed(databases, options)
    const server = await startServer(databases)
    const postgresPid = await postmasterOf(databases.DATABASE_URL)
    return {
      ...server,
      databaseUrl: databases.DATABASE_URL,
      keysDatabaseUrl: databases.KEYS_DATABASE_URL,
      postgresCpuSeconds: () => cpuSecondsOfFamily(postgresPid),
      seedRowsPerSecond: seeded.rowsPerSecond,
      caseIds: (districtCode) => seeded.caseIds.get(districtCode) ?? [],
      signIn: (districtCode) => signIn(server.url, loginOf(districtCode)),
      alsoSignedIn: (sessions, timesEach) => alsoSignedIn(databases.DATABASE_URL, sessions, timesEach),
      stop: async () => {
        await server.stop()
        await stopPostgres()
      }
    }
  } catch (fault) {
    await stopPostgres()
    throw fault
  }
}

/** The process that started the one which answers. */
async function postmasterOf(connectionString: string): Promise<number> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
    return parentOf(rows[0]?.pid ?? 0) ?? 0
  } finally {
    await client.end()
  }
}

const loginOf = (districtCode: string): string => `bench.${districtCode}`

async function seed(
  databases: { DATABASE_URL: string; KEYS_DATABASE_URL: string },
  { cases, districtCodes, copiesACase = 0 }: BenchCentreOptions
): Promise<{ rowsPerSecond: number; caseIds: Map<string, string[]> }> {
  const centre = await openCentre({
    databaseUrl: databases.DATABASE_URL,
    keysDatabaseUrl: databases.KEYS_DATABASE_URL,
    masterKey: redact(new Uint8Array(MASTER_KEY)),
    now: () => new Date().toISOString(),
    newId: () => newUuid(),
    onFault: (fault) => {
      throw fault
    }
  })
  for (const districtCode of districtCodes) {
    await createAccount(centre, {
      login: loginOf(districtCode),
      password: PASSWORD,
      displayName: '담당자',
      department: '가족정책과',
      role: 'caseworker',
      districtCode
    })
  }
  const make = createCaseGenerator({ seed: 1, districtCodes: [...districtCodes], today: TODAY, count: cases })
  const caseIds = new Map<string, string[]>(districtCodes.map((districtCode) => [districtCode, []]))
  const recordsBetween = function* (from: number, to: number) {
    for (let index = from; index < to; index += 1) {
      const record = make(index)
      caseIds.get(record.case.districtCode)?.push(record.case.id)
      yield record
    }
  }
  const began = performance.now()
  if (copiesACase === 0) await seedCentre(centre, recordsBetween(0, cases))
  else {
    const { DATABASE_URL: databaseUrl, KEYS_DATABASE_URL: keysDatabaseUrl } = databases
    await withFiller({ databaseUrl, keysDatabaseUrl, copiesACase }, async (filler) => {
      for (let from = 0; from < cases; from += CASES_BETWEEN_COPIES) {
        await seedCentre(centre, recordsBetween(from, Math.min(from + CASES_BETWEEN_COPIES, cases)))
        await filler.copyNewest()
      }
      await filler.finish()
    })
  }
  const rowsPerSecond = Math.round((cases * (1 + copiesACase)) / ((performance.now() - began) / 1_000))
  await centre.flushWitness() // a start looks at what came after it, and copies have no key that opens
  await centre.pool.query('VACUUM ANALYZE')
  await centre.drain()
  await centre.close()
  return { rowsPerSecond, caseIds }
}

type Server = Pick<BenchCentre, 'url' | 'megabytes' | 'cpuSeconds' | 'stop'>

async function startServer(env: Record<string, string>): Promise<Server> {
  const child: ChildProcess = spawn(process.execPath, ['server/main.ts', '--port', '0', '--enrolment', 'open'], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit']
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  process.once('exit', () => child.kill()) // a bench that fails leaves no server behind
  const url = await readyUrl(child)
  return {
    url,
    megabytes: (field) => {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
      return Math.round(Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1_024)
    },
    cpuSeconds: () => cpuSecondsOf(child.pid ?? 0),
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    }
  }
}

async function signIn(url: string, login: string): Promise<BenchSession> {
  const deviceId = newUuid()
  const response = await fetch(`${url}/v1/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [PROTOCOL_HEADER]: String(PROTOCOL_VERSION) },
    body: JSON.stringify({
      login,
      password: PASSWORD,
      device: { id: deviceId, name: 'BENCH', appVersion: '0.1.0', credential: credentialOf(deviceId), leaseId: null }
    })
  })
  if (response.status === 429) {
    await new Promise((resume) => setTimeout(resume, 1_000)) // many sign in from one address
    return signIn(url, login)
  }
  if (!response.ok) throw new Error(`sign-in answered ${response.status}`)
  const signedIn = (await response.json()) as SignInResponse
  return { ...signedIn, deviceId, headers: headersOf(signedIn.token) }
}

const headersOf = (token: string) => ({
  authorization: `Bearer ${token}`,
  [PROTOCOL_HEADER]: String(PROTOCOL_VERSION)
})

async function alsoSignedIn(
  connectionString: string,
  sessions: readonly BenchSession[],
  timesEach: number
): Promise<BenchSession[]> {
  const pool = createPool({ connectionString, applicationName: 'mnk-bench', onIdleError: () => undefined })
  try {
    const more: BenchSession[] = []
    for (const session of sessions) {
      const { account, deviceId } = session
      const made = { accountId: account.id, deviceId, now: new Date().toISOString(), sessionHours: 1 }
      for (let no = 0; no < timesEach; no += 1) {
        const { token } = await createSession(pool, made)
        more.push({ ...session, token, headers: headersOf(token) })
      }
    }
    return more
  } finally {
    await pool.end()
  }
}

/** Each PC proves itself with a credential of its own. */
const credentialOf = (deviceId: string): string => Buffer.from(deviceId.slice(0, 32)).toString('base64url')
