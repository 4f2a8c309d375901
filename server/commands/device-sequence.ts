import { type AnyCommand, isCaseCommand } from '#shared/commands/any-command.ts'
import type { PushOutcome } from '#shared/sync-protocol/push.ts'
import type { Tx } from '../db/run-tx.ts'
import type { ReadCommand } from './read-command.ts'

/**
 * `own`: as the PC numbered them, one after the other. `rescued`: the same, and those whose numbers others have get
 * none: the PC may have gone on with another store. `none`: documents whose commands had no number yet, and what an
 * administrator releases; they use none up, since the PC may have a store in use.
 */
export type Numbering = 'own' | 'rescued' | 'none'

/** Commands of one PC in its order. */
export interface DevicePiece {
  readonly deviceId: string
  readonly commands: readonly ReadCommand[]
  readonly numbering: Numbering
  /** Numbers up to here that never come: what had them is lost at the PC. */
  readonly givenUpTo: number
}

/** What the centre knows of a piece before deciding anything: each command is new, known, or out of sequence. */
export interface SortedPiece {
  /** In the device's order, numbered without a gap after the last one known, or not at all. */
  readonly fresh: readonly ReadCommand[]
  /** Another command already had its number: the PC's store was copied or set back. Nothing after it is touched. */
  readonly reused: ReadCommand | null
  /** What was answered before. */
  readonly known: ReadonlyMap<string, PushOutcome>
  /** The PC's last number after this piece. */
  readonly lastSeq: number
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

/** What tells one command from another that came under the same id; null: it could not be read. */
type Identity = (Pick<AnyCommand, 'name' | 'issuedBy' | 'issuedAt'> & { readonly about: string }) | null

/** A command that came before: earlier, or in this very group. */
export interface Seen {
  readonly deviceId: string
  readonly isOfThisDistrict: boolean
  readonly identity: Identity
  /** null: it is being decided. */
  readonly outcome: PushOutcome | null
}

interface Sorting {
  readonly lastSeq: number
  /** By id. What is sorted is added. */
  readonly seen: Map<string, Seen>
}

export function sortPiece(
  { deviceId, commands, numbering, givenUpTo }: DevicePiece,
  { lastSeq, seen }: Sorting
): SortedPiece {
  const known = new Map<string, PushOutcome>()
  const fresh: ReadCommand[] = []
  let expected = Math.max(lastSeq, givenUpTo) + 1
  for (const command of commands) {
    const before = seen.get(command.id)
    if (before !== undefined) {
      if (before.deviceId !== deviceId && !isSame(before, identityOf(command.command))) {
        known.set(command.id, foreign(command.id))
        continue
      }
      if (before.outcome !== null) known.set(command.id, again(before.outcome))
      // A PC that began anew under another id brings what it had sent before under its next number.
      if (numbering !== 'none' && command.deviceSeq === expected) expected += 1
      continue
    }
    if (numbering === 'none' || command.deviceSeq === null) {
      seen.set(command.id, seenNow(deviceId, command))
      fresh.push({ ...command, deviceSeq: null })
      continue
    }
    const isNumbered = numbering === 'own' || command.deviceSeq >= expected
    const stop = { fresh, known, lastSeq: expected - 1 }
    if (isNumbered && command.deviceSeq > expected) return { ...stop, reused: null, missingSeq: expected }
    // Nothing was decided about it, so nothing is written down: under another number it is looked at like any other.
    if (isNumbered && command.deviceSeq < expected) return { ...stop, reused: command, missingSeq: null }
    seen.set(command.id, seenNow(deviceId, command))
    fresh.push(isNumbered ? command : { ...command, deviceSeq: null })
    if (isNumbered) expected += 1
  }
  return { fresh, reused: null, known, lastSeq: expected - 1, missingSeq: null }
}

/** It is being decided. */
const seenNow = (deviceId: string, { command }: ReadCommand): Seen => ({
  deviceId,
  isOfThisDistrict: true,
  identity: identityOf(command),
  outcome: null
})

/**
 * Whether another PC sends the command that came before: one of the same district, and the same act of the same person. Of
 * a command that nobody could read only that is told, to whoever sends it unreadable again.
 */
function isSame({ isOfThisDistrict, identity }: Seen, command: Identity): boolean {
  if (!isOfThisDistrict) return false
  if (identity === null || command === null) return identity === command
  return (
    identity.name === command.name &&
    identity.about === command.about &&
    identity.issuedBy === command.issuedBy &&
    Date.parse(identity.issuedAt) === Date.parse(command.issuedAt)
  )
}

interface SeenRow {
  id: string
  device_id: string
  district_code: string
  name: AnyCommand['name'] | null
  /** The case or the batch. */
  about: string | null
  issued_by: string | null
  issued_at: string | null
  outcome: PushOutcome
}

/** Those of the commands that came before, by id. */
export async function seenCommands(tx: Tx, districtCode: string, ids: readonly string[]): Promise<Map<string, Seen>> {
  const { rows } = await tx.query<SeenRow>({
    name: 'seen-commands',
    text: `SELECT c.id, c.device_id, d.district_code, c.name, coalesce(c.case_id::text, c.batch_command->>'batchId') AS about, c.issued_by, c.issued_at, c.outcome
      FROM commands c JOIN devices d ON d.id = c.device_id WHERE c.id = ANY($1::uuid[])`,
    values: [ids]
  })
  return new Map(
    rows.map((row) => [
      row.id,
      {
        deviceId: row.device_id,
        isOfThisDistrict: row.district_code === districtCode,
        identity: identityOfRow(row),
        outcome: row.outcome
      }
    ])
  )
}

function identityOf(command: AnyCommand | null): Identity {
  if (command === null) return null
  const { name, issuedBy, issuedAt } = command
  return { name, issuedBy, issuedAt, about: isCaseCommand(command) ? command.caseId : command.batchId }
}

function identityOfRow({ name, about, issued_by, issued_at }: SeenRow): Identity {
  if (name === null || about === null || issued_by === null || issued_at === null) return null
  return { name, about, issuedBy: issued_by, issuedAt: issued_at }
}

function again(outcome: PushOutcome): PushOutcome {
  if (!('seq' in outcome)) return outcome // a refusal, or word that it lies elsewhere, stays what it was
  const { commandId, rev, seq } = outcome
  return { type: 'AlreadyApplied', commandId, rev, seq }
}

/** An id under which another command came is answered as if the case did not exist: whose it was is not told. */
const foreign = (commandId: string): PushOutcome => ({
  type: 'Refused',
  commandId,
  refusal: { type: 'CaseNotFound' }
})
