import { addDays, koreanDayOf, startOfKoreanDay } from '#shared/domain/calendar/day.ts'
import { batchDigest, digestText } from '#shared/domain/destruction/batch-digest.ts'
import type { BatchPlan, DestructionBatch } from '#shared/domain/destruction/destruction-batch.ts'
import type { IsoDate } from '#shared/foundation/primitives.ts'
import { err, ok } from '#shared/foundation/result.ts'
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
    coolsUntil: startOfKoreanDay(dayOfExecution(koreanDayOf(at), batch.plan)),
    steps: [...batch.steps, { act: 'approve', by: actor.id, at, reason: '' }]
  })
}

/** The first day on which what is approved on this day may be destroyed. */
export const dayOfExecution = (approvedOn: IsoDate, { coolingDays, dueUpTo }: BatchPlan): IsoDate =>
  laterOf(addDays(approvedOn, coolingDays + 1), dueUpTo)

const laterOf = (one: IsoDate, other: IsoDate): IsoDate => (one > other ? one : other)
