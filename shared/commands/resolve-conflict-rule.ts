import type { Case, CaseRecord, VersionedField } from '#shared/domain/case/case.ts'
import { VERSIONED_FIELD_SCHEMAS } from '#shared/domain/case/case-field-schemas.ts'
import { readField } from '#shared/domain/case/case-fields.ts'
import { canMove } from '#shared/domain/case/case-state.ts'
import { hasConsequences } from '#shared/domain/case/consequences.ts'
import { closedConflict } from '#shared/domain/case/edit-history.ts'
import { isSameValue } from '#shared/domain/case/same-value.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { Change } from './change.ts'
import type { Command } from './command.ts'
import { keepBoth } from './conflict-changes.ts'
import { setFields } from './correct-case-rule.ts'
import type { DecideDeps } from './decide.ts'
import { moveTo } from './move-case-rule.ts'
import { isConsequenceOvertaken, isFieldOvertaken } from './overtaken.ts'
import type { Refusal } from './refusal.ts'

type ResolveCommand = Extract<Command, { name: 'conflict.resolve' }>

/**
 * 충돌 정리: one of the two values stands from now on, the other is kept in the history. Whoever decided on values that
 * have changed since has to look again; the conflict stays open meanwhile.
 */
export function decideResolveConflict(
  deps: DecideDeps,
  record: CaseRecord | null,
  command: ResolveCommand
): Result<Change[], Refusal> {
  const { actor, onOvertaken } = deps
  const { field, pick, reason } = command.args
  if (record === null || record.case.districtCode !== actor.districtCode) return err({ type: 'CaseNotFound' })
  const conflict = record.case.conflicts.find(({ id }) => id === command.args.conflictId)
  if (conflict === undefined) return decideAgain(deps, record, command)
  if (conflict.field !== field) return err({ type: 'CommandUnreadable' })
  if (hasConsequences(field) && reason === '') return err({ type: 'ReasonMissing' })
  const seeing = { ...command, onOvertaken }
  const isOvertaken =
    conflict.mine.commandId !== command.args.mineCommandId ||
    isFieldOvertaken(record, seeing, field) ||
    (pick === 'mine' && isConsequenceOvertaken(record, seeing, field))
  if (isOvertaken) return err({ type: 'FieldChangedMeanwhile', fields: [field] })
  if (pick === 'mine') return take(deps, record.case, { field, value: conflict.mine.value }, command)
  const act = { by: command.issuedBy, at: command.issuedAt, reason }
  return ok([{ type: 'ConflictClosed', conflict, act }])
}

/** The value is judged anew: what it rests on may have changed since it was typed. */
function take(
  deps: DecideDeps,
  subject: Case,
  { field, value }: { readonly field: VersionedField; readonly value: unknown },
  command: ResolveCommand
): Result<Change[], Refusal> {
  if (field !== 'state') return setFields(deps, { subject, changes: [{ field, value }], command, how: 'resolved' })
  const to = VERSIONED_FIELD_SCHEMAS.state.parse(value)
  if (!canStillMove(subject, to)) return err({ type: 'StateNotReachable', from: subject.state, to })
  return moveTo(subject, command, { to, how: 'resolved' })
}

/** From the state that stands, or instead of the step that led to it: both were next states of the same one. */
function canStillMove(subject: Case, to: Case['state']): boolean {
  const before = subject.history.at(-2)?.state
  return canMove(subject.state, to) || (before !== undefined && canMove(before, to))
}

/**
 * The conflict is decided already. Who decided alike has nothing left to do. Who has that decision before her eyes may
 * change it; who did not know of it and decided otherwise is in conflict with it.
 */
function decideAgain(deps: DecideDeps, record: CaseRecord, command: ResolveCommand): Result<Change[], Refusal> {
  const { onOvertaken } = deps
  const { conflictId, mineCommandId, pick, reason } = command.args
  const known = closedConflict(record.case, conflictId)
  if (known === undefined) return err({ type: 'ConflictNotFound' })
  const { conflict, stands } = known
  const { field } = conflict
  if (field !== command.args.field) return err({ type: 'CommandUnreadable' })
  const { value } = conflict[pick]
  if (isSameValue(readField(record.case, field), value)) {
    return onOvertaken === 'refuse' ? err({ type: 'NothingToChange' }) : ok([])
  }
  if (hasConsequences(field) && reason === '') return err({ type: 'ReasonMissing' })
  const seeing = { ...command, onOvertaken }
  const hasSeen = stands && conflict.mine.commandId === mineCommandId && !isFieldOvertaken(record, seeing, field)
  if (hasSeen && !isConsequenceOvertaken(record, seeing, field))
    return take(deps, record.case, { field, value }, command)
  if (onOvertaken === 'refuse') return err({ type: 'FieldChangedMeanwhile', fields: [field] })
  return keepBoth(record, command, [{ field, value, reason }])
}
