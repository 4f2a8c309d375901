import { addDays, koreanDayOf, startOfKoreanDay } from '#shared/domain/calendar/day.ts'
import { batchDigest, digestText } from '#shared/domain/destruction/batch-digest.ts'
import type { BatchStep, DestructionBatch, ListedItem } from '#shared/domain/destruction/destruction-batch.ts'
import type { HashDep } from '#shared/foundation/deps.ts'
import type { IsoDate, IsoInstant } from '#shared/foundation/primitives.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { BatchDecision, BatchDeps } from './decide-batch.ts'

/**
 * 승인: the officer signs the digest of the exact list. One item more, less or of another revision, another batch, another
 * plan: another digest. The cooling-off runs from the time that the centre takes the approval, in whole days of Korea, and
 * at least until everything in the list is due.
 */
export function decideApprove(
  deps: BatchDeps,
  batch: DestructionBatch,
  { digest, signature }: { readonly digest: string; readonly signature: string }
): BatchDecision {
  const { actor, at } = deps
  const expected = batchDigest(deps, batch)
  if (digestText(expected) !== digest) return err({ type: 'ListChanged' })
  if (!deps.isSignedBy(actor.id, expected, signature)) return err({ type: 'SignatureInvalid' })
  return ok({
    ...batch,
    state: 'cooling',
    approval: { by: actor.id, at, digest, signature },
    coolsUntil: startOfKoreanDay(laterOf(addDays(koreanDayOf(at), batch.plan.coolingDays + 1), batch.plan.dueUpTo)),
    steps: [...batch.steps, { act: 'approve', by: actor.id, at, reason: '' }]
  })
}

const laterOf = (one: IsoDate, other: IsoDate): IsoDate => (one > other ? one : other)

/** What an item is found to be when it is about to be destroyed; `listed`: as it was approved. */
export type ItemFound = 'listed' | 'changed' | 'held' | 'disputed' | 'gone'

export interface ExecutionDeps extends HashDep {
  /** The centre's time, never a PC's. */
  readonly at: IsoInstant
  readonly isSignedBy: BatchDeps['isSignedBy']
  readonly find: (item: ListedItem) => ItemFound
}

export type ExecutionRefusal =
  | { readonly type: 'NotApproved' }
  | { readonly type: 'StillCooling'; readonly until: IsoInstant }
  | { readonly type: 'ListChanged' }
  | { readonly type: 'SignatureInvalid' }

/**
 * 집행: the centre begins once the cooling-off is over and the approval still fits the list. What is not as it was
 * approved drops out with a note. A batch that is executing already goes on where it was.
 */
export function beginExecution(
  deps: ExecutionDeps,
  batch: DestructionBatch
): Result<DestructionBatch, ExecutionRefusal> {
  if (batch.state === 'executing') return ok(batch)
  const { approval, coolsUntil } = batch
  if (batch.state !== 'cooling' || approval === null || coolsUntil === null) return err({ type: 'NotApproved' })
  if (Date.parse(deps.at) < Date.parse(coolsUntil)) return err({ type: 'StillCooling', until: coolsUntil })
  const digest = batchDigest(deps, batch)
  if (digestText(digest) !== approval.digest) return err({ type: 'ListChanged' })
  if (!deps.isSignedBy(approval.by, digest, approval.signature)) return err({ type: 'SignatureInvalid' })
  const items = batch.items.map((item) => (item.exclusion === null ? dropWhatChanged(deps, item) : item))
  const steps: BatchStep[] = [...batch.steps, { act: 'execute', by: null, at: deps.at, reason: '' }]
  return ok({ ...batch, state: 'executing', items, steps })
}

function dropWhatChanged({ at, find }: ExecutionDeps, item: ListedItem): ListedItem {
  const found = find(item)
  return found === 'listed' ? item : { ...item, exclusion: { kind: 'dropped', at, cause: found } }
}
