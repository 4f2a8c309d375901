import { assertNever } from '#shared/foundation/assert-never.ts'
import type { TimeDep } from '#shared/foundation/deps.ts'
import { ok, type Result } from '#shared/foundation/result.ts'
import type { PushOutcome } from '#shared/sync-protocol/push.ts'
import type { WriteTx } from '../db/database.ts'
import { META_KEYS, readMetaNumber } from '../db/meta.ts'
import { type CentreSealDep, keepSealed, keepSent, sealSentOfCase } from '../outbox/journal.ts'
import { type BatchEntry, type CaseEntry, entryById, isOfCase, type OutboxEntry } from '../outbox/outbox.ts'
import { goneReason } from '../outbox/received.ts'
import type { PolicyDep } from '../outbox/rerun.ts'
import { settleAcknowledged, settleParked, settleRefused } from '../outbox/settle.ts'
import { settleActDone, settleActRefused } from '../outbox/settle-act.ts'

interface SettleDeps extends PolicyDep, TimeDep, CentreSealDep {}

/** Writes what became of each command; gives back those that had been waiting. */
export function settleAnswers(
  tx: WriteTx,
  deps: SettleDeps,
  outcomes: readonly PushOutcome[]
): Result<OutboxEntry[], never> {
  const settled: OutboxEntry[] = []
  for (const outcome of outcomes) {
    const entry = entryById(tx, outcome.commandId)
    if (entry === null || entry.status !== 'waiting') continue
    const isSettled = isOfCase(entry)
      ? settleCase(tx, deps, { entry, outcome })
      : settleAct(tx, deps, { entry, outcome })
    if (isSettled) settled.push(entry)
  }
  return ok(settled)
}

/** False: no centre says that of the command of a case. */
function settleCase(
  tx: WriteTx,
  deps: SettleDeps,
  { entry, outcome }: { readonly entry: CaseEntry; readonly outcome: PushOutcome }
): boolean {
  switch (outcome.type) {
    case 'Applied':
    case 'Merged':
    case 'Conflict':
    case 'AlreadyApplied': {
      const { rev, seq } = outcome
      settleAcknowledged(tx, deps, { entry, rev, seq, cursor: readMetaNumber(tx, META_KEYS.cursor) })
      break
    }
    case 'Refused':
      settleRefused(tx, deps, { entry, refusal: outcome.refusal })
      break
    case 'Quarantined':
      settleParked(tx, deps, { entry, cause: outcome.cause, at: deps.now() })
      break
    case 'HandedOver':
      settleParked(tx, deps, { entry, cause: 'scope', at: deps.now() })
      break
    case 'BatchRefused':
      return false
    default:
      assertNever(outcome)
  }
  noteAnswer(tx, deps, { entry, outcome })
  return true
}

/** False: no centre says that of an act on a destruction batch. */
function settleAct(
  tx: WriteTx,
  { now }: TimeDep,
  { entry, outcome }: { readonly entry: BatchEntry; readonly outcome: PushOutcome }
): boolean {
  switch (outcome.type) {
    case 'Applied':
    case 'AlreadyApplied':
      settleActDone(tx, { entry, rev: outcome.rev, seq: outcome.seq })
      break
    case 'Refused':
    case 'BatchRefused':
      settleActRefused(tx, entry, outcome.refusal)
      break
    case 'Merged':
    case 'Conflict':
    case 'Quarantined':
    case 'HandedOver':
      return false
    default:
      assertNever(outcome)
  }
  keepSent(tx, { command: entry.command, outcome }, now())
  return true
}

/** A command whose case is gone is remembered so that only the centre can read it. */
function noteAnswer(
  tx: WriteTx,
  deps: TimeDep & CentreSealDep,
  { entry, outcome }: { readonly entry: CaseEntry; readonly outcome: PushOutcome }
): void {
  const sent = { command: entry.command, outcome }
  if (isKeptOut(outcome)) {
    keepSealed(tx, deps, sent, deps.now())
    return
  }
  keepSent(tx, sent, deps.now())
  // Done before its case went, and heard of after.
  const { caseId } = entry.command
  const reason = goneReason(tx, caseId)
  if (reason !== null) sealSentOfCase(tx, deps, { caseId, reason })
}

export const isKeptOut = ({ type }: PushOutcome): boolean => type === 'Quarantined' || type === 'HandedOver'
