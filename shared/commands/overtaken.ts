import { type CaseRecord, VERSIONED_FIELDS, type VersionedField } from '#shared/domain/case/case.ts'
import { isDecided } from '#shared/domain/case/case-state.ts'
import { FIELDS_WITH_CONSEQUENCES, hasConsequences } from '#shared/domain/case/consequences.ts'
import { fieldRev, standingValue } from '#shared/domain/case/standing-value.ts'
import { assertNever } from '#shared/foundation/assert-never.ts'
import type { Command, Intent } from './command.ts'

/** Whether somebody else was faster than the author of a command. */

/**
 * What becomes of a value whose field somebody else has changed since its author saw it. `refuse`: a person is at the
 * form and is told at once. `keep_both`: nobody is there to ask, so what stands stays and the value lies beside it.
 */
export type OnOvertaken = 'refuse' | 'keep_both'

/** The fields that an intent sets. */
export function fieldsSetBy(intent: Intent): VersionedField[] {
  switch (intent.name) {
    case 'case.register':
      return []
    case 'case.correct':
      return intent.args.changes.map(({ field }) => field)
    case 'case.move':
      return ['state']
    case 'conflict.resolve':
      return [intent.args.field]
    case 'case.record_consent':
    case 'case.withdraw_consent':
      return ['consents']
    case 'case.attach':
    case 'case.detach':
    case 'case.hold':
    case 'case.release_hold':
      return []
    default:
      return assertNever(intent)
  }
}

/**
 * The fields whose revisions a command has to name: those that it sets and, where one of them has consequences, all that
 * have.
 */
export function fieldsToHaveSeen(intent: Intent): VersionedField[] {
  const set = fieldsSetBy(intent)
  const isLight = intent.name === 'case.move' && !isDecided(intent.args.to)
  return set.some(hasConsequences) && !isLight ? [...new Set([...set, ...FIELDS_WITH_CONSEQUENCES])] : set
}

export interface Seeing extends Pick<Command, 'base' | 'issuedBy' | 'seenRev'> {
  readonly onOvertaken: OnOvertaken
}

/**
 * A base of N says "I saw the field as it was at revision N". Run again, a command may name a revision at which the field
 * itself did not change: that of an earlier command of the same PC whose wish was there already. At the form there is no
 * such excuse.
 */
export function isFieldOvertaken(record: CaseRecord, { base, onOvertaken }: Seeing, field: VersionedField): boolean {
  const seen = base[field] ?? 1
  return onOvertaken === 'refuse' ? fieldRev(record, field) !== seen : fieldRev(record, field) > seen
}

/**
 * The field has consequences, and somebody else changed another that has. A state counts as long as it means that the
 * case is decided or in payment.
 */
export const isConsequenceOvertaken = (record: CaseRecord, seeing: Seeing, field: VersionedField): boolean =>
  hasConsequences(field) &&
  FIELDS_WITH_CONSEQUENCES.some(
    (other) =>
      other !== field &&
      (other !== 'state' || isDecided(record.case.state)) &&
      isFieldOvertaken(record, seeing, other) &&
      standingValue(record, other).by !== seeing.issuedBy
  )

/** Somebody else changed one of the other fields after the revision of the case that the author saw. */
export function isMerged(
  record: CaseRecord,
  { issuedBy, seenRev }: Pick<Command, 'issuedBy' | 'seenRev'>,
  set: readonly VersionedField[]
): boolean {
  if (seenRev === undefined) return false
  return VERSIONED_FIELDS.some(
    (field) => !set.includes(field) && fieldRev(record, field) > seenRev && standingValue(record, field).by !== issuedBy
  )
}
