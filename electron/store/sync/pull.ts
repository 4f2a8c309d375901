import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { StoreDb } from '../db/database.ts'
import { META_KEYS, readMetaNumber } from '../db/meta.ts'
import type { CentreClient } from './centre-client.ts'
import type { CentreFailure } from './centre-failure.ts'
import { readPullLine } from './pull-line.ts'
import { createReception, meetCentre, type Reception, type ReceptionDeps } from './reception.ts'

export interface PullDeps extends ReceptionDeps {
  readonly client: CentreClient
  readonly signal: AbortSignal
}

/**
 * Receives what has changed at the centre since this PC's cursor. What came before the line broke off is kept, and the
 * next pull goes on from there.
 */
export async function pullChanges(deps: PullDeps): Promise<Result<null, CentreFailure>> {
  const { db, client, signal } = deps
  const stream = await client.pull(readMetaNumber(db, META_KEYS.cursor), signal)
  if (!stream.ok) return stream
  const reception = createReception(deps)
  for await (const lines of stream.value) {
    for (const line of lines) {
      const taken = takeLine(reception, line)
      if (!taken.ok) return taken
      if (!reception.isFull()) continue
      const stored = reception.store()
      if (!stored.ok) return stored
      await letOthersIn()
      if (signal.aborted) return err({ type: 'Unreachable' })
    }
  }
  if (signal.aborted) return err({ type: 'Unreachable' })
  return reception.close()
}

/** Beyond every stream: the centre answers who it is, and nothing else. */
const BEYOND = Number.MAX_SAFE_INTEGER

/** Looks who answers, without taking anything. */
export async function meetAtLine(
  db: StoreDb,
  client: CentreClient,
  signal: AbortSignal
): Promise<Result<null, CentreFailure>> {
  const stream = await client.pull(BEYOND, signal)
  if (!stream.ok) return stream
  for await (const lines of stream.value) {
    for (const text of lines) {
      const line = readPullLine(text)
      if (line?.type === 'start') return meetCentre(db, line.centreId)
    }
  }
  return err({ type: 'Unreachable' })
}

function takeLine(reception: Reception, text: string): Result<null, CentreFailure> {
  if (text === '') return ok(null)
  const line = readPullLine(text)
  if (line === null) {
    const stored = reception.store()
    return stored.ok ? err({ type: 'ProtocolMismatch' }) : stored
  }
  return reception.take(line)
}

/** The store answers the window on the same thread: between two chunks whoever waits comes first. */
const letOthersIn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
