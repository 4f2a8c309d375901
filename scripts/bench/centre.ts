import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { createZstdDecompress, zstdCompressSync } from 'node:zlib'
import { v7 as newUuid } from 'uuid'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import { redact } from '#shared/foundation/redacted.ts'
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/sync-protocol/protocol-version.ts'
import { MAX_COMMANDS_A_PUSH, type PushAnswerLine, type PushLine } from '#shared/sync-protocol/push.ts'
import type { SignInResponse } from '#shared/sync-protocol/sign-in.ts'
import { createAccount } from '../../server/accounts/accounts.ts'
import { openCentre } from '../../server/centre.ts'
import { startEmbeddedPostgres } from '../../server/embedded-postgres.ts'
import { seedCentre } from '../../server/seed/seed-centre.ts'

/**
 * The centre over loopback HTTP, its server a process of its own with a PostgreSQL at default durability: sign-in, the
 * first download of a district, and a push of corrections.
 */
export interface CentreBenchOptions {
  readonly cases: number
  readonly commands: number
  readonly signIns: number
}

const root = path.resolve(import.meta.dirname, '../..')
const DISTRICT = '11680'
const PASSWORD = 'Bench-2026!desk'
const MASTER_KEY = Buffer.alloc(32, 3)

interface Desk {
  readonly url: string
  readonly deviceId: string
  readonly signedIn: SignInResponse
}

interface Figures {
  readonly cases: number
  readonly commands: number
  seedRowsPerSecond: number
  signInMs: number[]
  pullRowsPerSecond: Record<string, number>
  /** Of the server's process alone: what holds also while the machine does other things. */
  pullCpuSeconds: Record<string, number>
  pullMegabytes: Record<string, number>
  pushSeconds: number
  pushCpuSeconds: number
  pushMegabytes: number
  serverMegabytesAtRest: number
  serverMegabytesPeak: number
}

export async function benchCentre({ cases, commands, signIns }: CentreBenchOptions): Promise<Figures> {
  const dir = mkdtempSync(path.join(tmpdir(), 'mnk-bench-centre-'))
  const postgres = await startEmbeddedPostgres({ dir })
  const databases = {
    DATABASE_URL: await postgres.createDatabase('cases'),
    KEYS_DATABASE_URL: await postgres.createDatabase('keys'),
    MNK_MASTER_KEY: MASTER_KEY.toString('base64'),
    MNK_LOG_LEVEL: 'warn'
  }
  try {
    const seeded = await seed(databases, cases)
    const server = await startServer(databases)
    try {
      const measured = await measure(server, { cases, commands, signIns, caseIds: seeded.caseIds })
      return { ...measured, seedRowsPerSecond: seeded.rowsPerSecond }
    } finally {
      await server.stop()
    }
  } finally {
    await postgres.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}

async function seed(databases: { DATABASE_URL: string; KEYS_DATABASE_URL: string }, cases: number) {
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
  const account = {
    displayName: '담당자',
    department: '가족정책과',
    role: 'caseworker',
    districtCode: DISTRICT
  } as const
  await createAccount(centre, { ...account, login: 'bench.desk', password: PASSWORD })
  const make = createCaseGenerator({ seed: 1, districtCodes: [DISTRICT], today: '2026-11-20', count: cases })
  const records = Array.from({ length: cases }, (_, index) => make(index))
  const began = performance.now()
  await seedCentre(centre, records)
  const rowsPerSecond = Math.round(cases / ((performance.now() - began) / 1_000))
  await centre.pool.query('VACUUM ANALYZE')
  await centre.drain()
  await centre.close()
  return { rowsPerSecond, caseIds: records.map((record) => record.case.id) }
}

/** Of Linux: the unit of the times in /proc. */
const CLOCK_TICKS = 100
const rounded = (value: number): number => Math.round(value * 100) / 100

interface Server {
  readonly url: string
  megabytes(field: 'VmRSS' | 'VmHWM'): number
  cpuSeconds(): number
  stop(): Promise<void>
}

async function startServer(env: Record<string, string>): Promise<Server> {
  const child: ChildProcess = spawn(process.execPath, ['server/main.ts', '--port', '0', '--enrolment', 'open'], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit']
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const url = await new Promise<string>((resolve, reject) => {
    ended.then(() => reject(new Error('the server ended before it was ready')), reject)
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      if (line.startsWith('READY ')) resolve((JSON.parse(line.slice(6)) as { url: string }).url)
    })
  })
  return {
    url,
    megabytes: (field) => {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
      return Math.round(Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1_024)
    },
    cpuSeconds: () => {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')
      return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS
    },
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    }
  }
}

async function measure(server: Server, job: CentreBenchOptions & { caseIds: readonly string[] }): Promise<Figures> {
  const desk = await signIn(server.url)
  const signInMs: number[] = []
  for (let no = 0; no < job.signIns; no += 1) {
    const began = performance.now()
    await signIn(server.url)
    signInMs.push(Math.round(performance.now() - began))
  }
  const serverMegabytesAtRest = server.megabytes('VmRSS')
  const figures: Figures = {
    cases: job.cases,
    commands: job.commands,
    seedRowsPerSecond: 0,
    signInMs: signInMs.sort((a, b) => a - b),
    pullRowsPerSecond: {},
    pullCpuSeconds: {},
    pullMegabytes: {},
    pushSeconds: 0,
    pushCpuSeconds: 0,
    pushMegabytes: 0,
    serverMegabytesAtRest,
    serverMegabytesPeak: 0
  }
  for (const encoding of ['identity', 'zstd', 'identity', 'zstd']) {
    const cpuBefore = server.cpuSeconds()
    const { seconds, bytes } = await pull(desk, encoding)
    figures.pullCpuSeconds[encoding] = rounded(server.cpuSeconds() - cpuBefore)
    figures.pullRowsPerSecond[encoding] = Math.round(job.cases / seconds)
    figures.pullMegabytes[encoding] = Math.round(bytes / 100_000) / 10
  }
  const cpuBefore = server.cpuSeconds()
  const pushed = await push(desk, job)
  const pushCpuSeconds = rounded(server.cpuSeconds() - cpuBefore)
  return { ...figures, ...pushed, pushCpuSeconds, serverMegabytesPeak: server.megabytes('VmHWM') }
}

const headersOf = (token: string): Record<string, string> => ({
  authorization: `Bearer ${token}`,
  [PROTOCOL_HEADER]: String(PROTOCOL_VERSION)
})

async function signIn(url: string): Promise<Desk> {
  const deviceId = newUuid()
  const response = await fetch(`${url}/v1/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [PROTOCOL_HEADER]: String(PROTOCOL_VERSION) },
    body: JSON.stringify({
      login: 'bench.desk',
      password: PASSWORD,
      device: { id: deviceId, name: 'BENCH', appVersion: '0.1.0', credential: 'b'.repeat(43), leaseId: null }
    })
  })
  if (!response.ok) throw new Error(`sign-in answered ${response.status}`)
  return { url, deviceId, signedIn: (await response.json()) as SignInResponse }
}

/** Reads a whole first download without looking into it, as fast as it comes. */
async function pull({ url, signedIn }: Desk, encoding: string): Promise<{ seconds: number; bytes: number }> {
  const { get } = await import('node:http')
  const began = performance.now()
  const bytes = await new Promise<number>((resolve, reject) => {
    const headers = { ...headersOf(signedIn.token), 'accept-encoding': encoding }
    get(`${url}/v1/changes?cursor=0`, { headers }, (response) => {
      let received = 0
      let tail = ''
      response.on('data', (chunk: Buffer) => {
        received += chunk.length
      })
      const text = encoding === 'zstd' ? response.pipe(createZstdDecompress()) : response
      text.on('data', (chunk: Buffer) => {
        tail = (tail + chunk.subarray(-200).toString()).slice(-200)
      })
      text.once('error', reject)
      text.once('end', () => (tail.includes('"end"') ? resolve(received) : reject(new Error('the download was cut'))))
    }).once('error', reject)
  })
  return { seconds: (performance.now() - began) / 1_000, bytes }
}

/** Corrections of as many different cases, in pushes as large as the protocol allows, packed with zstd. */
async function push(desk: Desk, { commands, caseIds }: CentreBenchOptions & { caseIds: readonly string[] }) {
  let bytes = 0
  const began = performance.now()
  for (let at = 0; at < commands; at += MAX_COMMANDS_A_PUSH) {
    const count = Math.min(MAX_COMMANDS_A_PUSH, commands - at)
    const batch = Array.from({ length: count }, (_, index) => correction(desk, { no: at + index + 1, caseIds }))
    const lines: PushLine[] = [
      { type: 'start', deviceId: desk.deviceId },
      ...batch.map((command): PushLine => ({ type: 'command', command }))
    ]
    const body = zstdCompressSync(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    bytes += body.length
    const response = await fetch(`${desk.url}/v1/push`, {
      method: 'POST',
      headers: {
        ...headersOf(desk.signedIn.token),
        'content-type': 'application/x-ndjson',
        'content-encoding': 'zstd',
        'accept-encoding': 'gzip'
      },
      body: new Uint8Array(body)
    })
    const answer = (await response.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as PushAnswerLine)
    const outcomes = answer.flatMap((line) => (line.type === 'outcomes' ? line.outcomes : []))
    if (outcomes.filter(({ type }) => type === 'Applied').length !== count) throw new Error('a push was not applied')
  }
  return {
    pushSeconds: rounded((performance.now() - began) / 1_000),
    pushMegabytes: rounded(bytes / 1_000_000)
  }
}

function correction(desk: Desk, { no, caseIds }: { no: number; caseIds: readonly string[] }) {
  return {
    id: newUuid(),
    caseId: caseIds[(no * 7) % caseIds.length],
    base: {},
    issuedAt: '2026-11-23T02:00:00.000Z',
    issuedBy: desk.signedIn.account.id,
    deviceId: desk.deviceId,
    deviceSeq: no,
    name: 'case.correct',
    args: { changes: [{ field: 'applicant.phone', value: `010${String(10_000_000 + no)}` }], reason: '신청인 확인' }
  }
}
