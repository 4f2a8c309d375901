import { batchDigest, digestText } from '#shared/domain/destruction/batch-digest.ts'
import type {
  BatchStep,
  DestructionBatch,
  Exclusion,
  ListedItem
} from '#shared/domain/destruction/destruction-batch.ts'
import type { HashDep } from '#shared/foundation/deps.ts'
import type { IsoInstant } from '#shared/foundation/primitives.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { BatchDeps } from './decide-batch.ts'

/** What an item is found to be when it is about to be destroyed; `listed`: as it was approved. */
export type ItemFound = 'listed' | (Exclusion & { readonly kind: 'dropped' })['cause']

export interface SortDeps {
  /** The centre's time, never a PC's. */
  readonly at: IsoInstant
  readonly find: (item: ListedItem) => ItemFound
}

export interface ExecutionDeps extends HashDep, SortDeps {
  readonly isSignedBy: BatchDeps['isSignedBy']
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
  return ok({
    ...batch,
    state: 'executing',
    rev: batch.rev + 1,
    items: batch.items.map((item) => dropUnlessListed(deps, item)),
    steps: withCentreStep(batch, 'execute', deps.at)
  })
}

/** The item with a note when it is not as it was approved any more; the very same one otherwise. */
export function dropUnlessListed({ at, find }: SortDeps, item: ListedItem): ListedItem {
  if (item.exclusion !== null) return item
  const found = find(item)
  return found === 'listed' ? item : { ...item, exclusion: { kind: 'dropped', at, cause: found } }
}

type Head = Pick<DestructionBatch, 'rev' | 'state' | 'steps'>

/** 검증: everything in the list is destroyed at the centre; its copies elsewhere are still to be accounted for. */
export const beginVerification = <B extends Head>(batch: B, at: IsoInstant): B => ({
  ...batch,
  state: 'verifying',
  rev: batch.rev + 1,
  steps: withCentreStep(batch, 'verify', at)
})

/** 완료: no copy is open any more. */
export const completeBatch = <B extends Head>(batch: B, at: IsoInstant): B => ({
  ...batch,
  state: 'completed',
  rev: batch.rev + 1,
  steps: withCentreStep(batch, 'complete', at)
})

const withCentreStep = (
  { steps }: Pick<DestructionBatch, 'steps'>,
  act: BatchStep['act'],
  at: IsoInstant
): BatchStep[] => [...steps, { act, by: null, at, reason: '' }]
