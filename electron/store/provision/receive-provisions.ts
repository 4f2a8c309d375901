import { ok } from '#shared/foundation/result.ts'
import { ledgerResponseSchema } from '#shared/sync-protocol/provision.ts'
import type { StoreDb } from '../db/database.ts'
import { META_KEYS, readMetaNumber, writeMeta } from '../db/meta.ts'
import { withDiskFull } from '../db/with-disk-full.ts'
import { callCentre } from '../session/centre-call.ts'
import { putProvisions } from './provision-rows.ts'

export interface ReceiveProvisionsDeps {
  readonly db: StoreDb
  readonly fetch: typeof globalThis.fetch
  readonly serverUrl: string
  readonly token: () => string | null
  readonly onProvisions: () => void
  readonly onFault: (fault: unknown) => void
}

export interface ProvisionReceiver {
  /** The stream went on: its ledger of provisions may have as well. */
  wake(): void
  /** Nothing is written to the store any more when it resolves. */
  stop(): Promise<void>
}

/** Keeps this PC's copy of the ledger as new as its cases; what is not received now comes with the next exchange. */
export function createProvisionReceiver(deps: ReceiveProvisionsDeps): ProvisionReceiver {
  const stopping = new AbortController()
  let running: Promise<void> | null = null
  const run = async (): Promise<void> => {
    try {
      while (await receivePage(deps, stopping.signal));
    } catch (fault) {
      deps.onFault(fault)
    } finally {
      running = null
    }
  }
  return {
    wake: () => {
      if (!stopping.signal.aborted && isBehind(deps.db)) running ??= run()
    },
    stop: async () => {
      stopping.abort()
      await running
    }
  }
}

const isBehind = (db: StoreDb): boolean =>
  readMetaNumber(db, META_KEYS.provisionCursor) < readMetaNumber(db, META_KEYS.cursor)

/** Whether another page is to be asked for. What stands at or before the PC's place in the stream has all been told then. */
async function receivePage(
  { db, fetch, serverUrl, token, onProvisions }: ReceiveProvisionsDeps,
  signal: AbortSignal
): Promise<boolean> {
  const pass = token()
  if (pass === null) return false
  const streamed = readMetaNumber(db, META_KEYS.cursor)
  const path = `provisions?after=${readMetaNumber(db, META_KEYS.provisionCursor)}`
  const question = { serverUrl, path, authorization: `Bearer ${pass}`, answer: ledgerResponseSchema, signal }
  const answer = await callCentre({ fetch }, question)
  if (!answer.ok || signal.aborted) return false
  const { upTo, next, ...entries } = answer.value
  const kept = withDiskFull<null, never>(() =>
    db.write((tx) => {
      putProvisions(tx, entries)
      writeMeta(tx, META_KEYS.provisionCursor, next === null ? Math.max(upTo, streamed) : upTo)
      return ok(null)
    })
  )
  if (!kept.ok) return false
  if (entries.runs.length + entries.lines.length > 0) onProvisions()
  return next !== null
}
