import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { v7 as newUuid } from 'uuid'
import { type BenchCentre, type BenchSession, openBenchCentre } from './bench-centre.ts'
import { startChild } from './child.ts'
import type { CrowdReply, CrowdRequest } from './desk-crowd.ts'
import { figuresOf, round, say } from './measure.ts'

export interface ManyDesksOptions {
  /** Of all districts; more are made where the rounds need them. */
  readonly cases: number
  readonly desks: number
  readonly rounds: number
  readonly streamsADesk: number
}

const DISTRICTS = ['11680', '11440', '11110', '11140', '11170', '11200', '11215', '11230'] as const
const COMMANDS_A_PUSH = 3
/** Rounds that open the lines and fill the caches. */
const WARM_UP = 2
/** Desks at work, one after the other within this time. */
const SPREAD_MS = 2_000

/**
 * Two hundred desks of eight districts on one server process: all at the same instant, as after a broken line, and spread
 * over two seconds, as at work. Every command corrects a case that no other does, so that every one must be applied.
 */
export async function benchManyDesks(options: ManyDesksOptions) {
  const needed = (options.rounds * 2 + WARM_UP) * options.desks * COMMANDS_A_PUSH * 3
  const cases = Math.max(options.cases, Math.ceil(needed))
  const centre = await openBenchCentre({ cases, districtCodes: DISTRICTS })
  const crowd = startChild<CrowdRequest, CrowdReply>(fileURLToPath(new URL('./desk-crowd.ts', import.meta.url)))
  try {
    const cpuBefore = centre.cpuSeconds()
    const sessions = await signInAll(centre, options.desks)
    const signInCpuMs = round(((centre.cpuSeconds() - cpuBefore) * 1_000) / options.desks)
    const desks = sessions.map(({ deviceId, headers }) => ({ deviceId, headers }))
    await crowd.ask({ type: 'open', url: centre.url, desks })
    const streams = await benchStreams(centre, crowd, await centre.alsoSignedIn(sessions, options.streamsADesk))
    const walBefore = await walOf(centre)
    const next = createCommands(centre, sessions)
    await play(crowd, { centre, next, rounds: WARM_UP, desks: options.desks, spreadMs: SPREAD_MS }) // opens the lines
    const atOnce = await play(crowd, { centre, next, rounds: options.rounds, desks: options.desks, spreadMs: 0 })
    const spread = await play(crowd, {
      centre,
      next,
      rounds: options.rounds,
      desks: options.desks,
      spreadMs: SPREAD_MS
    })
    const applied = (options.rounds * 2 + WARM_UP) * options.desks * COMMANDS_A_PUSH
    const lost = applied - (await appliedAtCentre(centre))
    const walBytesACommand = Math.round(((await walOf(centre)) - walBefore) / applied)
    const pulls = await benchSmallPulls(centre, crowd, options.desks)
    const storage = { ...(await storageOf(centre, { cases, commands: applied })), walBytesACommand }
    return {
      ...{ signInCpuMs, pulls, storage },
      ...{ desks: options.desks, districts: DISTRICTS.length, cases, commandsAPush: COMMANDS_A_PUSH },
      ...{ applied, lost, atOnce, spread, serverPeakMB: centre.megabytes('VmHWM') },
      streams
    }
  } finally {
    await crowd.stop()
    await centre.stop()
  }
}

type Crowd = ReturnType<typeof startChild<CrowdRequest, CrowdReply>>

async function signInAll(centre: BenchCentre, desks: number): Promise<BenchSession[]> {
  say(`signing ${desks} desks in`)
  const sessions: BenchSession[] = []
  for (let no = 0; no < desks; no += 1) {
    sessions.push(await centre.signIn(DISTRICTS[no % DISTRICTS.length] ?? DISTRICTS[0]))
  }
  return sessions
}

/** Corrections in the order of each desk, each of a case of its own. */
function createCommands(centre: BenchCentre, sessions: readonly BenchSession[]) {
  const used = new Map<string, number>()
  const seqs = new Map<string, number>()
  return (index: number): object[] => {
    const session = sessions[index]
    if (session === undefined) throw new Error('no such desk')
    const { districtCode } = session.account
    return Array.from({ length: COMMANDS_A_PUSH }, () => {
      const at = used.get(districtCode) ?? 0
      used.set(districtCode, at + 1)
      const caseId = centre.caseIds(districtCode)[at]
      if (caseId === undefined) throw new Error('there are too few cases for so many rounds')
      const deviceSeq = (seqs.get(session.deviceId) ?? 0) + 1
      seqs.set(session.deviceId, deviceSeq)
      return {
        ...{ id: newUuid(), caseId, base: {}, issuedAt: '2026-11-23T02:00:00.000Z', issuedBy: session.account.id },
        ...{ deviceId: session.deviceId, deviceSeq, name: 'case.correct' },
        args: {
          changes: [{ field: 'applicant.phone', value: `010${String(10_000_000 + at)}` }],
          reason: '신청인 확인'
        }
      }
    })
  }
}

interface Play {
  readonly centre: BenchCentre
  readonly next: (index: number) => object[]
  readonly rounds: number
  readonly desks: number
  readonly spreadMs: number
}

async function play(crowd: Crowd, { centre, next, rounds, desks, spreadMs }: Play) {
  const milliseconds: number[] = []
  let seconds = 0
  let applied = 0
  const before = centre.cpuSeconds()
  const postgresBefore = centre.postgresCpuSeconds()
  for (let no = 0; no < rounds; no += 1) {
    const pushes = Array.from({ length: desks }, (_, index) => ({
      commands: next(index),
      pauseMs: Math.round((spreadMs * index) / desks)
    }))
    const reply = await crowd.ask({ type: 'push', pushes })
    if (reply.type !== 'pushed') throw new Error('the crowd did not push')
    milliseconds.push(...reply.milliseconds)
    seconds += reply.seconds
    applied += reply.applied
  }
  const { p50, p95, max } = figuresOf(milliseconds)
  const cpu = centre.cpuSeconds() - before
  const postgresCpu = centre.postgresCpuSeconds() - postgresBefore
  return {
    ...{ p50: round(p50), p95: round(p95), max: round(max) },
    commandsPerSecond: Math.round(applied / seconds),
    serverCpuMsACommand: round((cpu * 1_000) / applied),
    postgresCpuMsACommand: round((postgresCpu * 1_000) / applied)
  }
}

const appliedAtCentre = ({ databaseUrl }: BenchCentre): Promise<number> =>
  numberFrom(databaseUrl, `SELECT count(*) AS number FROM commands WHERE outcome->>'type' = 'Applied'`)

async function numberFrom(connectionString: string, sql: string): Promise<number> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    const { rows } = await client.query<{ number: string }>(sql)
    return Number(rows[0]?.number ?? 0)
  } finally {
    await client.end()
  }
}

const PULLS_A_DESK = 5
const CHANGES_A_PULL = 3

/** A desk that was told of a change and fetches it. */
async function benchSmallPulls(centre: BenchCentre, crowd: Crowd, desks: number) {
  const ends = await Promise.all(
    DISTRICTS.map((code) =>
      numberFrom(centre.databaseUrl, `SELECT last_seq AS number FROM district_streams WHERE district_code = '${code}'`)
    )
  )
  const cursors = Array.from({ length: desks }, (_, no) => (ends[no % ends.length] ?? 0) - CHANGES_A_PULL)
  const before = { server: centre.cpuSeconds(), postgres: centre.postgresCpuSeconds() }
  const reply = await crowd.ask({ type: 'pull', cursors, times: PULLS_A_DESK })
  if (reply.type !== 'pulled') throw new Error('the crowd did not pull')
  return {
    changesAPull: CHANGES_A_PULL,
    serverCpuMsAPull: round(((centre.cpuSeconds() - before.server) * 1_000) / reply.pulls),
    postgresCpuMsAPull: round(((centre.postgresCpuSeconds() - before.postgres) * 1_000) / reply.pulls),
    bytesAPull: Math.round(reply.bytes / reply.pulls)
  }
}

const walOf = ({ databaseUrl }: BenchCentre): Promise<number> =>
  numberFrom(databaseUrl, `SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') AS number`)

async function storageOf(centre: BenchCentre, { cases, commands }: { cases: number; commands: number }) {
  const { databaseUrl, keysDatabaseUrl } = centre
  const size = (table: string) => `pg_total_relation_size('${table}')`
  const casesBytes = await numberFrom(databaseUrl, `SELECT ${size('cases')} + ${size('blind_indexes')} AS number`)
  const commandsBytes = await numberFrom(databaseUrl, `SELECT ${size('commands')} AS number`)
  const keysBytes = await numberFrom(keysDatabaseUrl, `SELECT ${size('case_keys')} AS number`)
  return {
    bytesACase: Math.round(casesBytes / cases),
    bytesACommand: Math.round(commandsBytes / commands),
    keyBytesACase: Math.round(keysBytes / cases)
  }
}

/** What a listening desk costs the server in memory while nothing happens. */
async function benchStreams(centre: BenchCentre, crowd: Crowd, sessions: readonly BenchSession[]) {
  const settled = () => new Promise((resume) => setTimeout(resume, 3_000))
  await settled()
  const before = centre.megabytes('VmRSS')
  const reply = await crowd.ask({
    type: 'listen',
    sessions: sessions.map(({ deviceId, headers }) => ({ deviceId, headers }))
  })
  if (reply.type !== 'listening') throw new Error('the crowd does not listen')
  await settled()
  const after = centre.megabytes('VmRSS')
  await crowd.ask({ type: 'hangUp' })
  await settled()
  return { streams: reply.streams, kibAStream: round(((after - before) * 1_024) / reply.streams) }
}
