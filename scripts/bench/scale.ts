import { gzipSync } from 'node:zlib'
import { v7 as newUuid } from 'uuid'
import type { PushAnswerLine } from '#shared/sync-protocol/push.ts'
import { type BenchCentre, type BenchSession, openBenchCentre } from './bench-centre.ts'
import { DISTRICT } from './bench-store.ts'
import { round, say } from './measure.ts'

export interface ScaleOptions {
  readonly sizes: readonly number[]
  readonly commands: number
  readonly rounds: number
}

interface SizedCentre {
  readonly cases: number
  readonly centre: BenchCentre
  readonly session: BenchSession
  pushed: number
  readonly milliseconds: number[]
  readonly cpuMilliseconds: number[]
  readonly postgresCpuMilliseconds: number[]
}

/** Cases that are really made and worked on; the rest of a large centre is rows like them. */
const MADE_CASES = 10_000

/**
 * What a command costs at a small centre and at a large one: the same corrections, of cases picked all over the district,
 * pushed in turns to both, so that both meet the same machine.
 */
export async function benchScale({ sizes, commands, rounds }: ScaleOptions) {
  const centres: SizedCentre[] = []
  try {
    for (const cases of sizes) {
      say(`seeding a centre with ${cases} cases`)
      const copiesACase = Math.max(0, Math.floor(cases / MADE_CASES) - 1)
      const centre = await openBenchCentre({
        cases: Math.min(cases, MADE_CASES),
        districtCodes: [DISTRICT],
        copiesACase
      })
      const session = await centre.signIn(DISTRICT)
      const none = { milliseconds: [], cpuMilliseconds: [], postgresCpuMilliseconds: [] }
      centres.push({ cases, centre, session, pushed: 0, ...none })
    }
    for (let no = 0; no <= rounds; no += 1) {
      for (const sized of centres) await pushRound(sized, { commands, rounds: rounds + 1 })
    }
    return centres.map(({ cases, centre, milliseconds, cpuMilliseconds, postgresCpuMilliseconds }) => ({
      cases,
      seedRowsPerSecond: centre.seedRowsPerSecond,
      msACommand: round(median(milliseconds.slice(1)) / commands), // the first round fills caches
      serverCpuMsACommand: round(median(cpuMilliseconds.slice(1)) / commands),
      postgresCpuMsACommand: round(median(postgresCpuMilliseconds.slice(1)) / commands)
    }))
  } finally {
    for (const { centre } of centres) await centre.stop()
  }
}

async function pushRound(
  sized: SizedCentre,
  { commands, rounds }: { commands: number; rounds: number }
): Promise<void> {
  const { centre, session } = sized
  const ids = centre.caseIds(DISTRICT)
  const step = Math.floor(ids.length / (commands * rounds))
  const lines = Array.from({ length: commands }, () => {
    sized.pushed += 1
    return {
      type: 'command',
      command: {
        ...{ id: newUuid(), caseId: ids[sized.pushed * step - 1], base: {}, issuedAt: '2026-11-23T02:00:00.000Z' },
        ...{ issuedBy: session.account.id, deviceId: session.deviceId, deviceSeq: sized.pushed, name: 'case.correct' },
        args: {
          changes: [{ field: 'applicant.phone', value: `010${String(10_000_000 + sized.pushed)}` }],
          reason: '신청인 확인'
        }
      }
    }
  })
  const body = gzipSync(
    [{ type: 'start', deviceId: session.deviceId }, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('')
  )
  const cpu = centre.cpuSeconds()
  const postgresCpu = centre.postgresCpuSeconds()
  const began = performance.now()
  const response = await fetch(`${centre.url}/v1/push`, {
    method: 'POST',
    headers: {
      ...session.headers,
      'content-type': 'application/x-ndjson',
      'content-encoding': 'gzip',
      'accept-encoding': 'gzip'
    },
    body: new Uint8Array(body)
  })
  const text = await response.text()
  sized.milliseconds.push(performance.now() - began)
  sized.cpuMilliseconds.push((centre.cpuSeconds() - cpu) * 1_000)
  sized.postgresCpuMilliseconds.push((centre.postgresCpuSeconds() - postgresCpu) * 1_000)
  const answers = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as PushAnswerLine)
  const applied = answers.flatMap((line) => (line.type === 'outcomes' ? line.outcomes : []))
  if (applied.filter(({ type }) => type === 'Applied').length !== commands) throw new Error('a push was not applied')
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
