import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { v7 as newUuid } from 'uuid'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import { redact } from '#shared/foundation/redacted.ts'
import { STORE_FORMAT } from '#shared/store-format/schema.ts'
import type { SnapshotReady, SnapshotResponse } from '#shared/sync-protocol/snapshot.ts'
import { createAccount } from '../../server/accounts/accounts.ts'
import { openCentre } from '../../server/centre.ts'
import { startEmbeddedPostgres } from '../../server/embedded-postgres.ts'
import { seedCentre } from '../../server/seed/seed-centre.ts'
import { type DownloadFigures, runClient, type ServerProcess, startServer } from './download/processes.ts'
import { PROTOCOL_HEADERS, signIn } from './download/sign-in.ts'
import { say } from './measure.ts'
import { installPouch } from './pouch-packages.ts'

/**
 * First downloads of one district side by side, each into a fresh store in a process of its own, over loopback, in turn:
 * our stream, our prepared copy, the streamed floor, and PouchDB 9 without encryption.
 */
export interface DownloadBenchOptions {
  readonly cases: number
  readonly rounds: number
}

const DISTRICT = '11680'
const WHO = { login: 'bench.desk', password: 'Bench-2026!desk' }
const MASTER_KEY = Buffer.alloc(32, 3)
const BATCH = 2000

/** As electron/main/store-process.ts starts the store. */
const AS_THE_DESK = ['--max-semi-space-size=1']

type Way = 'stream' | 'snapshot' | 'floor' | 'pouchdb'

export async function benchDownload({ cases, rounds }: DownloadBenchOptions) {
  const dir = mkdtempSync(path.join(tmpdir(), 'mnk-bench-download-'))
  const postgres = await startEmbeddedPostgres({ dir: path.join(dir, 'pg') })
  const servers: ServerProcess[] = []
  try {
    const databaseUrl = await postgres.createDatabase('cases')
    const keysDatabaseUrl = await postgres.createDatabase('keys')
    say(`putting ${cases} cases into the centre`)
    await seed({ databaseUrl, keysDatabaseUrl }, { cases, lines: path.join(dir, 'lines') })
    const centre = await startServer('server/main.ts', ['--port', '0', '--enrolment', 'open'], {
      DATABASE_URL: databaseUrl,
      KEYS_DATABASE_URL: keysDatabaseUrl,
      MNK_MASTER_KEY: MASTER_KEY.toString('base64'),
      MNK_LOG_LEVEL: 'warn'
    })
    const floor = await startServer('scripts/bench/download/floor-server.ts', [databaseUrl])
    servers.push(centre, floor)
    const pouch = await startPouch(dir)
    if (pouch !== null) servers.push(pouch)
    const prepared = await prepare(centre)
    const measured = await measure({ centre, floor, pouch }, { dir, rounds })
    return { cases, rounds, prepared, ...measured }
  } finally {
    for (const server of servers) await server.stop()
    await postgres.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}

async function seed(
  urls: { readonly databaseUrl: string; readonly keysDatabaseUrl: string },
  { cases, lines }: { readonly cases: number; readonly lines: string }
): Promise<void> {
  const centre = await openCentre({
    ...urls,
    masterKey: redact(new Uint8Array(MASTER_KEY)),
    now: () => new Date().toISOString(),
    newId: () => newUuid(),
    onFault: (fault) => {
      throw fault
    }
  })
  const person = { displayName: '담당자', department: '가족정책과', role: 'caseworker' } as const
  await createAccount(centre, { ...person, districtCode: DISTRICT, ...WHO })
  const floor = new pg.Pool({ connectionString: urls.databaseUrl, max: 1 })
  await floor.query('CREATE TABLE floor (no serial PRIMARY KEY, body text NOT NULL)')
  const make = createCaseGenerator({ seed: 1, districtCodes: [DISTRICT], today: '2026-11-20', count: cases })
  for (let at = 0; at < cases; at += BATCH) {
    const records = Array.from({ length: Math.min(BATCH, cases - at) }, (_, index) => make(at + index))
    await seedCentre(centre, records)
    const texts = records.map((record) => JSON.stringify(record))
    await floor.query('INSERT INTO floor (body) SELECT unnest($1::text[])', [texts])
    writeFileSync(lines, `${texts.join('\n')}\n`, { flag: 'a' })
  }
  await floor.query('VACUUM ANALYZE')
  await floor.end()
  await centre.drain()
  await centre.close()
}

/** null: the peer could not be had. */
async function startPouch(dir: string): Promise<ServerProcess | null> {
  try {
    installPouch()
    const folder = path.join(dir, 'pouch-server')
    mkdirSync(folder)
    return await startServer('scripts/bench/download/pouch.mjs', ['serve', folder, path.join(dir, 'lines')])
  } catch (error) {
    say(`PouchDB is left out: ${String(error)}`)
    return null
  }
}

/** Has the centre make the copy, as the first PC of the morning would, and says what that cost. */
async function prepare(
  centre: ServerProcess
): Promise<{ seconds: number; serverCpuSeconds: number; lineMegabytes: number }> {
  const { token } = await signIn(centre.url, WHO)
  const began = performance.now()
  const cpuBefore = centre.cpuSeconds()
  const ask = async (): Promise<SnapshotResponse> => {
    const body = JSON.stringify({ encoding: 'zstd', format: STORE_FORMAT })
    const authorization = `Bearer ${token}`
    return (
      await fetch(`${centre.url}/v1/snapshot`, {
        method: 'POST',
        headers: { ...PROTOCOL_HEADERS, authorization },
        body
      })
    ).json() as Promise<SnapshotResponse>
  }
  let answer = await ask()
  while (answer.type === 'Preparing') {
    await new Promise((resolve) => setTimeout(resolve, 200))
    answer = await ask()
  }
  if (answer.type !== 'Ready') throw new Error(`the centre makes no copy: ${JSON.stringify(answer)}`)
  const ready: SnapshotReady = answer
  return {
    seconds: rounded((performance.now() - began) / 1000),
    serverCpuSeconds: rounded(centre.cpuSeconds() - cpuBefore),
    lineMegabytes: rounded(ready.lineBytes / 1e6)
  }
}

interface Servers {
  readonly centre: ServerProcess
  readonly floor: ServerProcess
  readonly pouch: ServerProcess | null
}

async function measure({ centre, floor, pouch }: Servers, { dir, rounds }: { dir: string; rounds: number }) {
  const runs: Record<Way, Array<DownloadFigures & { serverCpuSeconds: number }>> = {
    stream: [],
    snapshot: [],
    floor: [],
    pouchdb: []
  }
  const run = async (way: Way, server: ServerProcess, client: () => Promise<DownloadFigures>): Promise<void> => {
    const cpuBefore = server.cpuSeconds()
    const figures = await client()
    runs[way].push({ ...figures, serverCpuSeconds: rounded(server.cpuSeconds() - cpuBefore) })
    say(`${way}: ${Math.round(figures.cases / figures.seconds)} cases a second`)
  }
  const desk = async (way: 'stream' | 'snapshot', mode: 'plain' | 'snapshot'): Promise<void> => {
    const session = JSON.stringify(await signIn(centre.url, WHO))
    const args = [centre.url, session, mode]
    await run(way, centre, () => runClient('scripts/bench/download/desk-process.ts', args, AS_THE_DESK))
  }
  for (let round = 0; round < rounds; round += 1) {
    await run('floor', floor, () => runClient('scripts/bench/download/floor-process.ts', [floor.url]))
    await desk('stream', 'plain')
    await desk('snapshot', 'snapshot')
    if (pouch === null) continue
    const folder = path.join(dir, `pouch-${round}`)
    mkdirSync(folder)
    await run('pouchdb', pouch, () => runClient('scripts/bench/download/pouch.mjs', ['fetch', folder, pouch.url]))
  }
  return summary(runs)
}

function summary(runs: Record<Way, Array<DownloadFigures & { serverCpuSeconds: number }>>) {
  const rows = Object.entries(runs).flatMap(([way, figures]) => {
    const of = (read: (figure: (typeof figures)[number]) => number): number => median(figures.map(read))
    if (figures.length === 0) return []
    const perSecond = Math.round(of(({ cases, seconds }) => cases / seconds))
    const row = {
      perSecond,
      seconds: rounded(of(({ seconds }) => seconds)),
      deskCpuSeconds: rounded(of(({ cpuSeconds }) => cpuSeconds)),
      serverCpuSeconds: rounded(of(({ serverCpuSeconds }) => serverCpuSeconds)),
      peakMegabytes: Math.max(...figures.map(({ peakMegabytes }) => peakMegabytes)),
      longestPauseMs: Math.max(...figures.map(({ longestPauseMs }) => longestPauseMs ?? 0))
    }
    return [[way, row] as const]
  })
  const ways = Object.fromEntries(rows)
  const ratio = (one: Way, other: Way): number | null => {
    const [a, b] = [ways[one], ways[other]]
    return a === undefined || b === undefined ? null : rounded(a.perSecond / b.perSecond)
  }
  return {
    ways,
    streamToPouch: ratio('stream', 'pouchdb'),
    snapshotToPouch: ratio('snapshot', 'pouchdb'),
    floorToStream: ratio('floor', 'stream'),
    snapshotToFloor: ratio('snapshot', 'floor')
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

const rounded = (value: number): number => Math.round(value * 100) / 100
