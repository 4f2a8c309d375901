// Our desk for the bench of pushing, a process of its own: a real encrypted store, command path and sync client.

import type { Account } from '#shared/domain/account/account.ts'
import { writeOutboxReport } from '#shared/sync-protocol/outbox-report.ts'
import { outboxReport } from '../../electron/store/outbox/outbox-report.ts'
import { createCentreClient } from '../../electron/store/sync/centre-client.ts'
import { pushWaiting } from '../../electron/store/sync/push.ts'
import {
  openTestDesk,
  openTestSync,
  realTimers,
  type TestDesk,
  testPolicies
} from '../../electron/store/testing/test-desk.ts'

export type DeskRequest =
  /** Downloads the district; not measured. */
  | {
      readonly type: 'fill'
      readonly url: string
      readonly token: string
      readonly account: Account
      readonly deviceId: string
    }
  /** Corrects so many cases while nobody is connected, then pushes them. */
  | { readonly type: 'push'; readonly caseIds: readonly string[] }
export type DeskReply =
  | { readonly type: 'filled' }
  | {
      readonly type: 'pushed'
      readonly seconds: number
      readonly cpuSeconds: number
      readonly peakMB: number
      readonly sent: number
      /** Bytes that left the desk, packed. */
      readonly bytes: number
    }

interface OpenDesk {
  readonly desk: TestDesk
  readonly url: string
  readonly token: string
}

let open: OpenDesk | null = null
let round = 0

process.on('message', (request: DeskRequest) => {
  const work = request.type === 'fill' ? fill(request) : push(request)
  work.then(
    (reply) => process.send?.(reply),
    (fault: unknown) => {
      process.stderr.write(`${String(fault)}\n`)
      process.exit(1)
    }
  )
})
process.once('SIGTERM', () => {
  open?.desk.close()
  process.exit(0)
})

async function fill({ url, token, account, deviceId }: Extract<DeskRequest, { type: 'fill' }>): Promise<DeskReply> {
  const desk = openTestDesk({ actor: account, deviceId })
  open = { desk, url, token }
  await settle(open)
  return { type: 'filled' }
}

async function push({ caseIds }: Extract<DeskRequest, { type: 'push' }>): Promise<DeskReply> {
  if (open === null) throw new Error('not filled')
  const { desk, url, token } = open
  round += 1
  for (const [no, caseId] of caseIds.entries()) {
    const corrected = desk.correct(caseId, 'applicant.phone', `010${String(10_000_000 + round * 1_000_000 + no)}`)
    if (!corrected.ok) throw new Error('a correction was refused')
  }
  await settledLine()
  let bytes = 0
  const counting: typeof globalThis.fetch = (input, init) => {
    const body = init?.body instanceof ReadableStream ? counted(init.body, (size) => (bytes += size)) : init?.body
    return fetch(input, { ...init, ...(body !== undefined && { body }) })
  }
  const client = createCentreClient({
    fetch: counting,
    serverUrl: url,
    authorization: () => `Bearer ${token}`,
    receipt: () => null,
    report: () => writeOutboxReport(outboxReport(desk.db))
  })
  const used = process.cpuUsage()
  const began = performance.now()
  const pushed = await pushWaiting({
    sealToCentre: () => null,
    onErased: () => undefined,
    onBatches: () => undefined,
    newId: desk.deps.newId,
    db: desk.db,
    client,
    signal: new AbortController().signal,
    deviceId: desk.deps.deviceId,
    policies: testPolicies,
    now: desk.deps.now,
    onProgress: () => undefined,
    onCases: () => undefined
  })
  const seconds = (performance.now() - began) / 1_000
  const { user, system } = process.cpuUsage(used)
  if (!pushed.ok) throw new Error(`the push failed: ${pushed.error.type}`)
  await settle(open)
  const peakMB = process.resourceUsage().maxRSS / 1_024
  return { type: 'pushed', seconds, cpuSeconds: (user + system) / 1e6, peakMB, sent: pushed.value.sent, bytes }
}

/**
 * Receives what is new. The engine lives for this alone: one that goes on listening would hear of the push and take a part
 * of it over.
 */
async function settle({ desk, url, token }: OpenDesk): Promise<void> {
  const sync = openTestSync(desk, { serverUrl: url, token: () => token, later: realTimers })
  const first = await sync.syncNow()
  // The line may have been closed while nobody looked: the second try opens another.
  const { state } = first.state === 'current' ? first : await sync.syncNow()
  await sync.stop()
  if (sync.faults[0] !== undefined) throw sync.faults[0]
  if (state !== 'current') throw new Error(`the desk is ${state}`)
}

/** While the corrections were made nothing else ran: lines that the centre has closed since are noticed first. */
const settledLine = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 200))

function counted(body: ReadableStream<Uint8Array>, count: (bytes: number) => void): ReadableStream<Uint8Array> {
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => {
        count(chunk.length)
        controller.enqueue(chunk)
      }
    })
  )
}
