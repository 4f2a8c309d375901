import { assertNever } from '#shared/foundation/assert-never.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import { MAX_COMMANDS_A_PUSH, type PushOutcome } from '#shared/sync-protocol/push.ts'
import type { StoreDb, WriteTx } from '../db/database.ts'
import { META_KEYS, readMetaNumber } from '../db/meta.ts'
import { withDiskFull } from '../db/with-disk-full.ts'
import { countOutbox, entryById, type OutboxEntry, waitingEntries } from '../outbox/outbox.ts'
import type { PolicyDep } from '../outbox/rerun.ts'
import { hasMarks } from '../outbox/seen-revisions.ts'
import { settleAcknowledged, settleRefused } from '../outbox/settle.ts'
import type { CentreClient } from './centre-client.ts'
import type { CentreFailure } from './centre-failure.ts'

export interface PushDeps extends PolicyDep {
  readonly db: StoreDb
  readonly client: CentreClient
  readonly signal: AbortSignal
  readonly deviceId: string
  readonly onProgress: (progress: { readonly done: number; readonly of: number }) => void
  readonly onCases: (caseIds: readonly string[] | null) => void
}

/** The centre takes a megabyte at once. */
const MAX_PUSH_CHARACTERS = 300_000

/**
 * Sends what waits, in the order of its making, until nothing does. Each answer is written before the next commands
 * leave; a crash in between sends the same commands again, and the centre knows them by their ids.
 */
export async function pushWaiting(deps: PushDeps): Promise<Result<{ sent: number }, CentreFailure>> {
  const of = countOutbox(deps.db).waiting
  let sent = 0
  for (let batch = nextBatch(deps.db); batch.length > 0; batch = nextBatch(deps.db)) {
    deps.onProgress({ done: sent, of })
    const commands = batch.map(({ command }) => command)
    const answer = await deps.client.push({ deviceId: deps.deviceId, commands }, deps.signal)
    if (!answer.ok) return answer
    if (deps.signal.aborted) return err({ type: 'Unreachable' })
    const settled = withDiskFull(() => deps.db.write((tx) => settle(tx, deps, answer.value)))
    if (!settled.ok) return settled
    if (settled.value.length === 0) return err({ type: 'Unreachable' }) // an answer about nothing that was asked
    deps.onCases([...new Set(settled.value.map(({ command }) => command.caseId))])
    sent += settled.value.length
  }
  return ok({ sent })
}

/**
 * The next commands to send. One that was made on top of another unsent change of the same field waits for that one's
 * answer: only then is it known which revision its maker had seen.
 */
function nextBatch(db: StoreDb): OutboxEntry[] {
  const batch: OutboxEntry[] = []
  let characters = 0
  for (const entry of waitingEntries(db)) {
    characters += JSON.stringify(entry.command).length
    const isFull = batch.length === MAX_COMMANDS_A_PUSH || characters > MAX_PUSH_CHARACTERS
    if (batch.length > 0 && (isFull || hasMarks(entry.command.base))) break
    batch.push(entry)
  }
  return batch
}

/** Writes what became of each command; gives back those that had been waiting. */
function settle(tx: WriteTx, deps: PushDeps, outcomes: readonly PushOutcome[]): Result<OutboxEntry[], never> {
  const cursor = readMetaNumber(tx, META_KEYS.cursor)
  const settled: OutboxEntry[] = []
  for (const outcome of outcomes) {
    const entry = entryById(tx, outcome.commandId)
    if (entry === null || entry.status !== 'waiting') continue
    settled.push(entry)
    switch (outcome.type) {
      case 'Applied':
      case 'AlreadyApplied':
        settleAcknowledged(tx, deps, { entry, rev: outcome.rev, seq: outcome.seq, cursor })
        break
      case 'Refused':
        settleRefused(tx, deps, { entry, refusal: outcome.refusal })
        break
      default:
        assertNever(outcome)
    }
  }
  return ok(settled)
}
