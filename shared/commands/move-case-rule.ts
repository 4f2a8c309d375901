import { type Case, type CaseRecord, MOST_STATE_STEPS, type StateStep } from '#shared/domain/case/case.ts'
import { canMove, isDecided } from '#shared/domain/case/case-state.ts'
import type { EditStep } from '#shared/domain/case/conflict.ts'
import { dueOnOf } from '#shared/domain/case/due-rules.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { Change } from './change.ts'
import type { Command } from './command.ts'
import { conflictBeneath, keepBoth } from './conflict-changes.ts'
import type { DecideDeps } from './decide.ts'
import { isConsequenceOvertaken, isFieldOvertaken, isMerged } from './overtaken.ts'
import type { Refusal } from './refusal.ts'

type MoveCommand = Extract<Command, { name: 'case.move' }>

/** 상태 변경: along the state machine, with a reason that the history keeps. */
export function decideMoveCase(
  deps: DecideDeps,
  record: CaseRecord | null,
  command: MoveCommand
): Result<Change[], Refusal> {
  const { actor, onOvertaken } = deps
  const { to, reason } = command.args
  if (record === null || record.case.districtCode !== actor.districtCode) return err({ type: 'CaseNotFound' })
  const isKeeping = onOvertaken === 'keep_both'
  const isBeneath = isKeeping && conflictBeneath(record, command, 'state') !== undefined
  if (record.case.state === to && !isBeneath) return isKeeping ? ok([]) : err({ type: 'NothingToChange' })
  if (isBeneath || isOvertaken(deps, record, command)) {
    if (!isKeeping) return err({ type: 'FieldChangedMeanwhile', fields: ['state'] })
    if (reason === '') return err({ type: 'ReasonMissing' })
    return keepBoth(record, command, [{ field: 'state', value: to, reason }])
  }
  if (!canMove(record.case.state, to)) return err({ type: 'StateNotReachable', from: record.case.state, to })
  const how = isMerged(record, command, ['state']) ? 'merged' : 'plain'
  return moveTo(record.case, command, { to, how })
}

/** Only a move into or within what is decided or paid has consequences that another field can spoil. */
function isOvertaken({ onOvertaken }: DecideDeps, record: CaseRecord, command: MoveCommand): boolean {
  const seeing = { ...command, onOvertaken }
  if (isFieldOvertaken(record, seeing, 'state')) return true
  return isDecided(command.args.to) && isConsequenceOvertaken(record, seeing, 'state')
}

/** The step itself; that the state may follow is for the caller to know. */
export function moveTo(
  subject: Case,
  command: Pick<Command, 'issuedAt' | 'issuedBy'> & { readonly args: { readonly reason: string } },
  { to, how }: { readonly to: Case['state']; readonly how: EditStep['how'] }
): Result<Change[], Refusal> {
  const { reason } = command.args
  if (subject.history.length >= MOST_STATE_STEPS) return err({ type: 'StateNotReachable', from: subject.state, to })
  if (reason === '') return err({ type: 'ReasonMissing' })
  const step: StateStep = { state: to, at: command.issuedAt, by: command.issuedBy, reason }
  const after = { ...subject, state: to, history: [...subject.history, step] }
  return ok([{ type: 'StateMoved', step, dueOn: dueOnOf(after), how }])
}
