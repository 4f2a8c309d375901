import type { BatchCommand } from '#shared/commands/destruction/batch-command.ts'
import type { BatchRefusal } from '#shared/commands/destruction/batch-refusal.ts'
import { type BatchDecision, decideBatch } from '#shared/commands/destruction/decide-batch.ts'
import type { Actor } from '#shared/domain/account/account.ts'
import type { DestructionBatch } from '#shared/domain/destruction/destruction-batch.ts'
import { err } from '#shared/foundation/result.ts'
import type { Tx } from '../db/run-tx.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import { type BatchChange, lockBatches, writeBatches } from './batch-rows.ts'
import { signatureCheckAt } from './signing-keys.ts'

/** The batches that commands of one transaction are about. */
export interface BatchDesk {
  /** Decides on the result of the commands before it. `actor` undefined: nobody who may act through that PC. */
  decide(command: BatchCommand, actor: Actor | undefined): BatchDecision
  /** Writes what changed, each batch at its place in the stream. */
  save(tx: Tx, placeOf: (batchId: string) => number): Promise<void>
}

/** Locks the batches. `at`: the centre's time, which alone counts. */
export async function openBatchDesk(tx: Tx, commands: readonly BatchCommand[], at: string): Promise<BatchDesk> {
  const before = await lockBatches(tx, [...new Set(commands.map(({ batchId }) => batchId))])
  const accountIds = commands.flatMap(({ name, issuedBy }) => (name === 'batch.approve' ? [issuedBy] : []))
  const isSignedBy = await signatureCheckAt(tx, { accountIds, at })
  const changed = new Map<string, DestructionBatch>()
  const { sha256 } = nodeCipher
  return {
    decide: (command, actor) => {
      if (actor === undefined) return err<BatchRefusal>({ type: 'RoleNotAllowed' })
      const batch = changed.get(command.batchId) ?? before.get(command.batchId) ?? null
      const decided = decideBatch({ actor, at, sha256, isSignedBy }, batch, command)
      if (decided.ok) changed.set(command.batchId, decided.value)
      return decided
    },
    save: (tx, placeOf) =>
      writeBatches(
        tx,
        [...changed.values()].map(
          (after): BatchChange => ({ before: before.get(after.id) ?? null, after, seq: placeOf(after.id) })
        )
      )
  }
}
