import { whyNotNow } from '#shared/commands/destruction/decide-batch.ts'
import type { Actor } from '#shared/domain/account/account.ts'
import { batchDigest, digestText } from '#shared/domain/destruction/batch-digest.ts'
import {
  type BatchHead,
  countCauses,
  type DestructionBatch,
  itemsToDestroy,
  type ListedItem
} from '#shared/domain/destruction/destruction-batch.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import { BATCH_PAGE_ROWS, type BatchItemFilter, type BatchMissing } from '#shared/ipc/destruction-methods.ts'
import {
  BATCH_WAYS,
  type BatchItemPage,
  type BatchItemView,
  type BatchSummary,
  type BatchView
} from '#shared/ipc/destruction-views.ts'
import { caseById } from '../db/case-rows.ts'
import type { ReadableDb } from '../db/database.ts'
import { batchHeads, countItems, itemsLeftOut } from '../destruction/batch-rows.ts'
import { shownBatch } from '../destruction/shown-batch.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import { waitingBatchIds } from '../outbox/outbox.ts'

/** The district's batches, the one that moved last first. */
export function listBatches(db: ReadableDb, actor: Actor): BatchSummary[] {
  const waiting = waitingBatchIds(db)
  const unchanged = batchHeads(db).flatMap((head) => (waiting.has(head.id) ? [] : [summaryOfHead(db, actor, head)]))
  const changed = [...waiting].flatMap((id) => {
    const batch = shownBatch(db, id)
    return batch === null ? [] : [summaryOf(actor, batch, { listed: batch.items.length, isWaiting: true })]
  })
  return [...unchanged, ...changed].sort((a, b) => (a.movedAt < b.movedAt ? 1 : -1))
}

/** Lists are long: of one on which nothing waits only what was taken out is read, and the rest counted. */
function summaryOfHead(db: ReadableDb, actor: Actor, head: BatchHead): BatchSummary {
  const batch = { ...head, items: itemsLeftOut(db, head.id) }
  return summaryOf(actor, batch, { listed: countItems(db, head.id), isWaiting: false })
}

function summaryOf(
  actor: Actor,
  batch: DestructionBatch,
  { listed, isWaiting }: { readonly listed: number; readonly isWaiting: boolean }
): BatchSummary {
  const { id, state, plan, authorId, items, steps, coolsUntil } = batch
  const leftOut = items.length - itemsToDestroy(batch).length
  return {
    ...{ id, state, plan, authorId, listed, coolsUntil, isWaiting },
    toDestroy: listed - leftOut,
    movedAt: steps.at(-1)?.at ?? '',
    ways: BATCH_WAYS.filter((name) => whyNotNow(actor, batch, name) === null)
  }
}

export function openBatch(db: ReadableDb, actor: Actor, batchId: string): Result<BatchView, BatchMissing> {
  const batch = shownBatch(db, batchId)
  if (batch === null) return err({ type: 'BatchNotFound' })
  const { items, steps, request, approval } = batch
  const left = itemsToDestroy(batch)
  const countLeftOut = (kind: NonNullable<ListedItem['exclusion']>['kind']): number =>
    items.filter(({ exclusion }) => exclusion?.kind === kind).length
  return ok({
    ...summaryOf(actor, batch, { listed: items.length, isWaiting: waitingBatchIds(db).has(batchId) }),
    ...{ steps, request, approval },
    digest: batch.state === 'requested' ? digestNow(batch) : (approval?.digest ?? null),
    causes: countCauses(left),
    wholeCases: left.filter(({ parts }) => parts === 'case').length,
    leftOut: {
      excluded: countLeftOut('excluded'),
      extended: countLeftOut('extended'),
      dropped: countLeftOut('dropped')
    }
  })
}

const digestNow = (batch: DestructionBatch): string => digestText(batchDigest({ sha256: nodeCipher.sha256 }, batch))

/** A page of its list, the longest due first. */
export function batchItems(
  db: ReadableDb,
  { batchId, filter, from }: { readonly batchId: string; readonly filter: BatchItemFilter; readonly from: number }
): Result<BatchItemPage, BatchMissing> {
  const batch = shownBatch(db, batchId)
  if (batch === null) return err({ type: 'BatchNotFound' })
  const shown = batch.items
    .filter((item) => isShown(item, filter))
    .sort((a, b) => (a.dueOn === b.dueOn ? (a.caseId < b.caseId ? -1 : 1) : a.dueOn < b.dueOn ? -1 : 1))
  return ok({
    items: shown.slice(from, from + BATCH_PAGE_ROWS).map((item) => itemToView(db, item)),
    total: shown.length
  })
}

function isShown({ cause, exclusion }: ListedItem, filter: BatchItemFilter): boolean {
  if (filter.cause !== null && filter.cause !== cause) return false
  return filter.show === 'all' || (filter.show === 'left_out') === (exclusion !== null)
}

function itemToView(db: ReadableDb, item: ListedItem): BatchItemView {
  const here = caseById(db, item.caseId)?.record.case
  if (here === undefined) return { ...item, case: null }
  const { applicationNo, service, dongCode, state } = here
  return { ...item, case: { applicationNo, service, dongCode, state } }
}
