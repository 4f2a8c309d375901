import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openBenchCentre } from './bench-centre.ts'
import { DISTRICT } from './bench-store.ts'
import { readyUrl, startChild } from './child.ts'
import { round, say } from './measure.ts'
import type { PouchReply, PouchRequest } from './pouch-client.ts'
import { installPouch } from './pouch-packages.ts'
import type { DeskReply, DeskRequest } from './push-desk.ts'

export interface PushBenchOptions {
  readonly seed: number
  readonly cases: number
  readonly edits: number
  readonly rounds: number
}

/** A push of one side: seconds until every answer is written at the desk. */
interface Push {
  readonly seconds: number
  readonly deskCpuSeconds: number
  readonly serverCpuSeconds: number
}

const fileOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

/**
 * Edits made while nobody was connected, pushed over loopback: our desk (encrypted store, every rule run again at the
 * centre, access log, answers written) against PouchDB (unencrypted LevelDB, no rules). In turns, so that both meet the
 * same machine; the ratio is what counts.
 */
export async function benchPush(options: PushBenchOptions) {
  const ours = await openOurs(options)
  const peer = await openPeer(options)
  const pushes = {
    ours: [] as Push[],
    pouchdbFirst: [] as Push[],
    pouchdbFirstBatch1000: [] as Push[],
    pouchdbLater: [] as Push[],
    pouchdbLaterBatch1000: [] as Push[]
  }
  let about = { deskPeakMB: 0, megabytesUp: 0 }
  try {
    for (let no = 0; no < options.rounds; no += 1) {
      const own = await ours.push(no)
      about = { deskPeakMB: round(own.peakMB), megabytesUp: round(own.bytes / 1e6) }
      pushes.ours.push(own)
      pushes.pouchdbLater.push(await peer.push({ batch: null, isFirst: false }))
      pushes.pouchdbLaterBatch1000.push(await peer.push({ batch: 1_000, isFirst: false }))
      pushes.pouchdbFirst.push(await peer.push({ batch: null, isFirst: true }))
      pushes.pouchdbFirstBatch1000.push(await peer.push({ batch: 1_000, isFirst: true }))
      say(
        `push round ${no + 1}: ${JSON.stringify(Object.fromEntries(Object.entries(pushes).map(([name, all]) => [name, round(all.at(-1)?.seconds ?? 0)])))}`
      )
    }
  } finally {
    await ours.stop()
    await peer.stop()
  }
  const sides = Object.fromEntries(Object.entries(pushes).map(([name, all]) => [name, summary(all, options.edits)]))
  const rate = (side: keyof typeof pushes): number => sides[side]?.editsPerSecond ?? 0
  const ratio = {
    toFirst: round(rate('ours') / rate('pouchdbFirst')),
    toFirstBatch1000: round(rate('ours') / rate('pouchdbFirstBatch1000')),
    toLater: round(rate('ours') / rate('pouchdbLater')),
    toLaterBatch1000: round(rate('ours') / rate('pouchdbLaterBatch1000'))
  }
  return {
    cases: options.cases,
    edits: options.edits,
    rounds: options.rounds,
    ...about,
    serverPeakMB: ours.peakMB(),
    sides,
    ratio
  }
}

function summary(pushes: readonly Push[], edits: number) {
  const median = (of: (push: Push) => number): number => {
    const sorted = pushes.map(of).sort((a, b) => a - b)
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  }
  const seconds = median((push) => push.seconds)
  const deskCpu = median((push) => push.deskCpuSeconds)
  const serverCpu = median((push) => push.serverCpuSeconds)
  return {
    editsPerSecond: Math.round(edits / seconds),
    seconds: round(seconds),
    deskCpuMsAnEdit: round((deskCpu * 1_000) / edits),
    serverCpuMsAnEdit: round((serverCpu * 1_000) / edits)
  }
}

async function openOurs({ cases, edits }: PushBenchOptions) {
  const centre = await openBenchCentre({ cases, districtCodes: [DISTRICT] })
  let peak = 0
  const { account, token, deviceId } = await centre.signIn(DISTRICT)
  const desk = startChild<DeskRequest, DeskReply>(fileOf('./push-desk.ts'))
  await desk.ask({ type: 'fill', url: centre.url, account, token, deviceId })
  const ids = centre.caseIds(DISTRICT)
  return {
    peakMB: () => peak,
    push: async (no: number) => {
      const caseIds = Array.from({ length: edits }, (_, index) => ids[(index * 3 + no) % ids.length] ?? '')
      const before = centre.cpuSeconds()
      const reply = await desk.ask({ type: 'push', caseIds })
      if (reply.type !== 'pushed' || reply.sent !== edits) throw new Error('not every edit was taken')
      peak = centre.megabytes('VmHWM')
      return { ...reply, deskCpuSeconds: reply.cpuSeconds, serverCpuSeconds: centre.cpuSeconds() - before }
    },
    stop: async () => {
      await desk.stop()
      await centre.stop()
    }
  }
}

async function openPeer({ seed, cases, edits }: PushBenchOptions) {
  installPouch()
  const folder = mkdtempSync(join(tmpdir(), 'mnk-bench-pouch-'))
  const server = startChild(fileOf('./pouch-server.ts'), [folder])
  const url = await readyUrl(server.process)
  const desk = startChild<PouchRequest, PouchReply>(fileOf('./pouch-client.ts'))
  say('filling the peer')
  await desk.ask({ type: 'fill', folder, server: url, seed, cases })
  return {
    push: async (how: { batch: number | null; isFirst: boolean }): Promise<Push> => {
      const before = server.cpuSeconds()
      const reply = await desk.ask({ type: 'push', edits, ...how })
      if (reply.type !== 'pushed' || reply.written !== edits) throw new Error('the peer did not push every edit')
      const { seconds, cpuSeconds } = reply
      return { seconds, deskCpuSeconds: cpuSeconds, serverCpuSeconds: server.cpuSeconds() - before }
    },
    stop: async () => {
      await desk.stop()
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  }
}
