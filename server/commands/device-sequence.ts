import type { PushOutcome } from '#shared/sync-protocol/push.ts'
import type { Tx } from '../db/run-tx.ts'
import type { ReadCommand } from './read-command.ts'

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

/** Locks the device until the transaction ends, so that two pushes of one PC take turns. */
export async function lockDeviceSequence(tx: Tx, deviceId: string): Promise<number> {
  const { rows } = await tx.query<{ last_device_seq: number }>(
    'SELECT last_device_seq FROM devices WHERE id = $1 FOR NO KEY UPDATE',
    [deviceId]
  )
  if (rows[0] === undefined) throw new Error('a session stands for a device that is not enrolled')
  return rows[0].last_device_seq
}

export async function sortBatch(
  tx: Tx,
  { deviceId, lastSeq, commands }: { deviceId: string; lastSeq: number; commands: readonly ReadCommand[] }
): Promise<SortedBatch> {
  const known = await knownOutcomes(tx, deviceId, commands)
  const fresh: ReadCommand[] = []
  const reused: ReadCommand[] = []
  const seen = new Set<string>()
  let expected = lastSeq + 1
  for (const command of commands) {
    if (known.has(command.id) || seen.has(command.id)) continue
    seen.add(command.id)
    if (command.deviceSeq > expected) return { fresh, reused, known, missingSeq: expected }
    if (command.deviceSeq < expected) {
      reused.push(command)
      continue
    }
    fresh.push(command)
    expected += 1
  }
  return { fresh, reused, known, missingSeq: null }
}

interface KnownRow {
  id: string
  device_id: string
  outcome: PushOutcome
}

/** An id that another PC used is answered as if the case did not exist: whose it was is not told. */
async function knownOutcomes(
  tx: Tx,
  deviceId: string,
  commands: readonly ReadCommand[]
): Promise<Map<string, PushOutcome>> {
  const { rows } = await tx.query<KnownRow>('SELECT id, device_id, outcome FROM commands WHERE id = ANY($1::uuid[])', [
    commands.map(({ id }) => id)
  ])
  return new Map(rows.map((row) => [row.id, row.device_id === deviceId ? again(row.outcome) : foreign(row.id)]))
}

const again = (outcome: PushOutcome): PushOutcome =>
  outcome.type === 'Applied' ? { ...outcome, type: 'AlreadyApplied' } : outcome

const foreign = (commandId: string): PushOutcome => ({
  type: 'Refused',
  commandId,
  refusal: { type: 'CaseNotFound' }
})
