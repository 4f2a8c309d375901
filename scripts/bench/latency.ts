import { expectOk } from '#shared/foundation/result.ts'
import {
  openTestDesk,
  openTestSync,
  realTimers,
  type TestDesk,
  type TestSync
} from '../../electron/store/testing/test-desk.ts'
import { type BenchCentre, openBenchCentre } from './bench-centre.ts'
import { DISTRICT } from './bench-store.ts'
import { figuresOf, round } from './measure.ts'

export interface LatencyOptions {
  readonly cases: number
  readonly edits: number
}

interface ConnectedDesk {
  readonly desk: TestDesk
  readonly engine: TestSync
  /** Resolves when the store says that the case has changed here: what the window draws anew by. */
  told(caseId: string): Promise<void>
}

const LONGEST_MS = 10_000

/** From the moment at which an edit is saved on one desk to the moment at which the store of another says so. */
export async function benchLatency({ cases, edits }: LatencyOptions) {
  const centre = await openBenchCentre({ cases, districtCodes: [DISTRICT] })
  const [writer, reader] = [await connect(centre), await connect(centre)]
  try {
    const ids = centre.caseIds(DISTRICT)
    const milliseconds: number[] = []
    for (let no = 0; no < edits; no += 1) {
      const caseId = ids[(no * 7) % ids.length] ?? ''
      const seen = reader.told(caseId)
      const saved = writer.desk.correct(caseId, 'applicant.phone', `010${String(20_000_000 + no)}`)
      const began = performance.now()
      expectOk(saved)
      writer.engine.wake()
      await seen
      milliseconds.push(performance.now() - began)
      await new Promise((resume) => setTimeout(resume, 50 + (no % 7) * 20))
    }
    const { calls, p50, p95, max } = figuresOf(milliseconds)
    return { cases, edits: calls, p50: round(p50), p95: round(p95), max: round(max) }
  } finally {
    for (const { desk, engine } of [writer, reader]) {
      await engine.stop()
      desk.close()
    }
    await centre.stop()
  }
}

async function connect(centre: BenchCentre): Promise<ConnectedDesk> {
  const { account, deviceId, token } = await centre.signIn(DISTRICT)
  const desk = openTestDesk({ actor: account, deviceId })
  const waiting = new Map<string, () => void>()
  const engine = openTestSync(desk, {
    serverUrl: centre.url,
    token: () => token,
    later: realTimers,
    onCases: (caseIds) => {
      for (const caseId of caseIds ?? []) waiting.get(caseId)?.()
    }
  })
  engine.start()
  await engine.syncNow()
  await new Promise((resume) => setTimeout(resume, 500)) // until the ear is open
  if (engine.status().state !== 'current') throw new Error('the desk is not connected')
  return {
    desk,
    engine,
    told: (caseId) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error('the other desk never heard of it')), LONGEST_MS)
        waiting.set(caseId, () => {
          clearTimeout(late)
          waiting.delete(caseId)
          resolve()
        })
      })
  }
}
