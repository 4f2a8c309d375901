import {
  type BatchItem,
  type DestructionBatch,
  type Exclusion,
  type ListedItem,
  MOST_BATCH_ITEMS
} from '#shared/domain/destruction/destruction-batch.ts'
import { err, ok } from '#shared/foundation/result.ts'
import type { BatchIntent } from './batch-intent.ts'
import type { BatchDecision, BatchDeps } from './decide-batch.ts'

/** 선정: what the engine found. An item that is listed already takes the newer judgement; what a reviewer took out stays out. */
export function listItems(batch: DestructionBatch, items: readonly BatchItem[]): BatchDecision {
  const listed = new Map(batch.items.map((item) => [item.caseId, item]))
  for (const item of items) {
    if (!isDue(batch, item)) return err({ type: 'ItemNotDue', caseId: item.caseId })
    listed.set(item.caseId, { ...item, exclusion: listed.get(item.caseId)?.exclusion ?? null })
  }
  if (listed.size > MOST_BATCH_ITEMS) return err({ type: 'ListFull' })
  return ok({ ...batch, items: [...listed.values()] })
}

/** A whole case goes only when its record term is over as well (공공기록물법 27조); fields go by the policy alone. */
function isDue({ plan: { dueUpTo } }: DestructionBatch, { parts, dueOn, recordsUntil }: BatchItem): boolean {
  if (dueOn > dueUpTo) return false
  return parts !== 'case' || (recordsUntil !== null && recordsUntil !== 'open' && recordsUntil < dueUpTo)
}

type ReviewIntent = Extract<BatchIntent, { name: 'batch.exclude' | 'batch.extend' | 'batch.include' }>

/** 검토: an item is taken out with a reason, or in again. */
export function changeExclusion(deps: BatchDeps, batch: DestructionBatch, intent: ReviewIntent): BatchDecision {
  const { caseId } = intent.args
  if (!batch.items.some((item) => item.caseId === caseId)) return err({ type: 'ItemNotListed', caseId })
  if (intent.name !== 'batch.include' && intent.args.reason === '') return err({ type: 'ReasonMissing' })
  const exclusion = exclusionOf(deps, intent)
  const items = batch.items.map((item): ListedItem => (item.caseId === caseId ? { ...item, exclusion } : item))
  return ok({ ...batch, items })
}

function exclusionOf({ actor, at }: BatchDeps, intent: ReviewIntent): Exclusion | null {
  if (intent.name === 'batch.include') return null
  const { reason } = intent.args
  return intent.name === 'batch.exclude'
    ? { kind: 'excluded', by: actor.id, at, reason }
    : { kind: 'extended', by: actor.id, at, reason, until: intent.args.until }
}
