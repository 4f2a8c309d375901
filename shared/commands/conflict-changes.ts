import type { CaseRecord, VersionedField } from '#shared/domain/case/case.ts'
import { conflictId, MOST_CONFLICTS, type OpenConflict } from '#shared/domain/case/conflict.ts'
import { isSameValue } from '#shared/domain/case/same-value.ts'
import { standingValue } from '#shared/domain/case/standing-value.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { Change } from './change.ts'
import type { Command } from './command.ts'
import type { Refusal } from './refusal.ts'

/** A value that a command could not set because somebody else was faster. */
export interface Overtaken {
  readonly field: VersionedField
  readonly value: unknown
  readonly reason: string
}

/**
 * The conflict whose other value the author had before her eyes: it was her own, or that of her PC, and she did not know
 * yet that it had not been set.
 */
export const conflictBeneath = (
  record: CaseRecord,
  { base }: Command,
  field: VersionedField
): OpenConflict | undefined =>
  record.case.conflicts.find((conflict) => conflict.field === field && conflict.rev === base[field])

/** Keeps the overtaken values beside those that stand. */
export function keepBoth(
  record: CaseRecord,
  command: Command,
  overtaken: readonly Overtaken[]
): Result<Change[], Refusal> {
  const changes = overtaken.flatMap((one) => keepOne(record, command, one))
  const opened = changes.filter(({ type }) => type === 'ConflictOpened').length
  if (record.case.conflicts.length + opened > MOST_CONFLICTS) return err({ type: 'ConflictsFull' })
  return ok(changes)
}

function keepOne(record: CaseRecord, command: Command, { field, value, reason }: Overtaken): Change[] {
  const { id: commandId, issuedBy: by, issuedAt: at } = command
  const beneath = conflictBeneath(record, command, field)
  const mine = { value, by, at, reason, commandId }
  if (beneath === undefined) {
    const theirs = standingValue(record, field)
    const conflict = { id: conflictId(commandId, field), field, theirs, mine, openedAt: at }
    return [{ type: 'ConflictOpened', conflict }]
  }
  if (isSameValue(beneath.theirs.value, value)) {
    return [{ type: 'ConflictClosed', conflict: beneath, act: { by, at, reason } }]
  }
  return [{ type: 'ConflictAmended', conflict: beneath, mine }]
}
