import type { PushOutcome } from '#shared/sync-protocol/push.ts'
import type { Tx } from '../db/run-tx.ts'
import type { ReadCommand } from './read-command.ts'

/** Commands of one PC in its order. */
export interface DeviceBatch {
  readonly deviceId: string
  readonly commands: readonly ReadCommand[]
}

/** What the centre knows of a batch before deciding anything: each command is new, known, or out of sequence. */
export interface SortedBatch {
  /** In the device's order, numbered without a gap after the last one known. */
  readonly fresh: readonly ReadCommand[]
  /** Another command already had its number: the PC's store was copied or set back. */
  readonly reused: readonly ReadCommand[]
  /** What was answered before. */
  readonly known: ReadonlyMap<string, PushOutcome>
  /** The number that should have come where one is missing; null when none is. Nothing after it is touched. */
  readonly missingSeq: number | null
}

/**
 * The last number of each PC. Locks them until the transaction ends, in an order that all app servers keep, so that two
 * pushes of one PC take turns.
 */
export async function lockDeviceSequences(tx: Tx, deviceIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await tx.query<{ id: string; last_device_seq: number }>({
    name: 'lock-devices',
    text: 'SELECT id, last_device_seq FROM devices WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE',
    values: [deviceIds]
  })
  if (rows.length !== deviceIds.length) throw new Error('a session stands for a device that is not enrolled')
  return new Map(rows.map((row) => [row.id, row.last_device_seq]))
}

/** Sorts the batches of several PCs, one batch of each. */
export async function sortBatches(
  tx: Tx,
  { batches, lastSeqs }: { batches: readonly DeviceBatch[]; lastSeqs: ReadonlyMap<string, number> }
): Promise<SortedBatch[]> {
  const answered = await answeredCommands(
    tx,
    batches.flatMap(({ commands }) => commands.map(({ id }) => id))
  )
  const senders = new Map([...answered].map(([id, { deviceId }]) => [id, deviceId]))
  return batches.map((batch) => sortBatch(batch, { lastSeq: lastSeqs.get(batch.deviceId) ?? 0, answered, senders }))
}

interface Answered {
  readonly deviceId: string
  readonly outcome: PushOutcome
}

interface Sorting {
  readonly lastSeq: number
  readonly answered: ReadonlyMap<string, Answered>
  /** Which PC used an id: known ones, and those that were sorted before. */
  readonly senders: Map<string, string>
}

function sortBatch({ deviceId, commands }: DeviceBatch, { lastSeq, answered, senders }: Sorting): SortedBatch {
  const known = new Map<string, PushOutcome>()
  const fresh: ReadCommand[] = []
  const reused: ReadCommand[] = []
  let expected = lastSeq + 1
  for (const command of commands) {
    const sender = senders.get(command.id)
    if (sender !== undefined) {
      const before = answered.get(command.id)
      if (sender !== deviceId) known.set(command.id, foreign(command.id))
      else if (before !== undefined) known.set(command.id, again(before.outcome))
      continue
    }
    if (command.deviceSeq > expected) return { fresh, reused, known, missingSeq: expected }
    senders.set(command.id, deviceId)
    if (command.deviceSeq < expected) {
      reused.push(command)
      continue
    }
    fresh.push(command)
    expected += 1
  }
  return { fresh, reused, known, missingSeq: null }
}

async function answeredCommands(tx: Tx, ids: readonly string[]): Promise<Map<string, Answered>> {
  const { rows } = await tx.query<{ id: string; device_id: string; outcome: PushOutcome }>({
    name: 'answered-commands',
    text: 'SELECT id, device_id, outcome FROM commands WHERE id = ANY($1::uuid[])',
    values: [ids]
  })
  return new Map(rows.map((row) => [row.id, { deviceId: row.device_id, outcome: row.outcome }]))
}

function again(outcome: PushOutcome): PushOutcome {
  if (!('seq' in outcome)) return outcome // a refusal, or word that it lies elsewhere, stays what it was
  const { commandId, rev, seq } = outcome
  return { type: 'AlreadyApplied', commandId, rev, seq }
}

/** An id that another PC used is answered as if the case did not exist: whose it was is not told. */
const foreign = (commandId: string): PushOutcome => ({
  type: 'Refused',
  commandId,
  refusal: { type: 'CaseNotFound' }
})
