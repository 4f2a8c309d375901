import { type BatchDecision, type BatchDeps, decideBatch } from '#shared/commands/destruction/decide-batch.ts'
import type { DestructionBatch } from '#shared/domain/destruction/destruction-batch.ts'
import type { ReadableDb } from '../db/database.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import { type BatchEntry, waitingOfBatch } from '../outbox/outbox.ts'
import { batchById } from './batch-rows.ts'

/** What the act would do to the batch now, by this PC's clock; the centre decides again, by its own. */
export const decideAct = (
  batch: DestructionBatch | null,
  { command, actor }: BatchEntry,
  isSignedBy: BatchDeps['isSignedBy']
): BatchDecision => decideBatch({ actor, at: command.issuedAt, sha256: nodeCipher.sha256, isSignedBy }, batch, command)

/** A signature was checked when it was made, and the centre checks it again. */
export const signedBefore: BatchDeps['isSignedBy'] = () => true

/**
 * The centre's batch with this PC's waiting acts run again on top, in the order of their making. One that no longer
 * applies is passed over: the centre decides about it when it is sent. null: there is no such batch.
 */
export function shownBatch(db: ReadableDb, batchId: string): DestructionBatch | null {
  let batch = batchById(db, batchId)
  for (const entry of waitingOfBatch(db, batchId)) {
    const decided = decideAct(batch, entry, signedBefore)
    if (decided.ok) batch = decided.value
  }
  return batch
}
