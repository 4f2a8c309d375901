import { type CaseRecord, MOST_STATE_STEPS, type StateStep } from '#shared/domain/case/case.ts'
import { canMove } from '#shared/domain/case/case-state.ts'
import { dueOnOf } from '#shared/domain/case/due-rules.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import { type Change, fieldRev } from './change.ts'
import type { Command } from './command.ts'
import type { DecideDeps } from './decide.ts'
import type { Refusal } from './refusal.ts'

type MoveCommand = Extract<Command, { name: 'case.move' }>

/** 상태 변경: along the state machine, with a reason that the history keeps. */
export function decideMoveCase(
  { actor }: DecideDeps,
  record: CaseRecord | null,
  { args, base, issuedAt, issuedBy }: MoveCommand
): Result<Change[], Refusal> {
  if (actor.role !== 'caseworker') return err({ type: 'RoleNotAllowed' })
  if (record === null || record.case.districtCode !== actor.districtCode) return err({ type: 'CaseNotFound' })
  const before = record.case
  if (before.state === args.to) return err({ type: 'NothingToChange' })
  if (fieldRev(record, 'state') !== (base.state ?? 1)) return err({ type: 'FieldChangedMeanwhile', fields: ['state'] })
  const isReachable = canMove(before.state, args.to) && before.history.length < MOST_STATE_STEPS
  if (!isReachable) return err({ type: 'StateNotReachable', from: before.state, to: args.to })
  if (args.reason === '') return err({ type: 'ReasonMissing' })
  const step: StateStep = { state: args.to, at: issuedAt, by: issuedBy, reason: args.reason }
  const after = { ...before, state: args.to, history: [...before.history, step] }
  return ok([{ type: 'StateMoved', step, dueOn: dueOnOf(after) }])
}
