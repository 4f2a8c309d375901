import type { BatchRefusal } from '#shared/commands/destruction/batch-refusal.ts'
import type { Refusal } from '#shared/commands/refusal.ts'
import type { WriteTx } from '../db/database.ts'
import { META_KEYS, readMetaNumber } from '../db/meta.ts'
import { batchById, putBatch } from '../destruction/batch-rows.ts'
import { decideAct, signedBefore } from '../destruction/shown-batch.ts'
import { type BatchEntry, markRefused, removeEntry } from './outbox.ts'

/** What the centre's answers do to this PC's acts on destruction batches. */

/** The centre did it. Until the pull brings the centre's own batch, its answer is taken at its word. */
export function settleActDone(
  tx: WriteTx,
  { entry, rev, seq }: { readonly entry: BatchEntry; readonly rev: number; readonly seq: number }
): void {
  removeEntry(tx, entry.command.id)
  if (seq <= readMetaNumber(tx, META_KEYS.batchCursor)) return
  const before = batchById(tx, entry.command.batchId)
  const decided = decideAct(before, entry, signedBefore)
  if (decided.ok) putBatch(tx, before, { ...decided.value, rev })
}

/** The batch is shown as the centre has it; the act stays for a person to see. */
export const settleActRefused = (tx: WriteTx, entry: BatchEntry, refusal: Refusal | BatchRefusal): void =>
  markRefused(tx, entry.command.id, refusal)
