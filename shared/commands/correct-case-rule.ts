import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import type { CaseField, CaseRecord } from '#shared/domain/case/case.ts'
import { CASE_FIELD_SCHEMAS, readField, withField } from '#shared/domain/case/case-fields.ts'
import { type CaseProblem, caseProblems } from '#shared/domain/case/case-problems.ts'
import { dueOnOf } from '#shared/domain/case/due-rules.ts'
import { isSameValue } from '#shared/domain/case/same-value.ts'
import { policyInForce } from '#shared/domain/policy/policy-versions.ts'
import { assertNever } from '#shared/foundation/assert-never.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import { type Change, fieldRev } from './change.ts'
import type { Command, CommandBase } from './command.ts'
import type { FieldChange } from './correct-case.ts'
import type { DecideDeps } from './decide.ts'
import type { Refusal } from './refusal.ts'

type CorrectCommand = Extract<Command, { name: 'case.correct' }>

/** Fields that money, identity or a legal ground hangs on: correcting one asks for a reason. */
export const FIELDS_WITH_CONSEQUENCES: readonly CaseField[] = [
  'applicant.registrationNo',
  'applicant.account',
  'consents'
]

/** 고치기: sets the fields that differ, unless somebody else has changed one of them since the actor read it. */
export function decideCorrectCase(
  deps: DecideDeps,
  record: CaseRecord | null,
  command: CorrectCommand
): Result<Change[], Refusal> {
  if (deps.actor.role !== 'caseworker') return err({ type: 'RoleNotAllowed' })
  if (record === null || record.case.districtCode !== deps.actor.districtCode) return err({ type: 'CaseNotFound' })
  const wanted = readChanges(command.args.changes)
  if (wanted === null) return err({ type: 'CommandUnreadable' })
  const changes = wanted.filter(({ field, value }) => !isSameValue(readField(record.case, field), value))
  if (changes.length === 0) return err({ type: 'NothingToChange' })
  const overtaken = changes.map(({ field }) => field).filter((field) => isOvertaken(record, command.base, field))
  if (overtaken.length > 0) return err({ type: 'FieldChangedMeanwhile', fields: overtaken })
  if (command.args.reason === '' && changes.some(({ field }) => FIELDS_WITH_CONSEQUENCES.includes(field))) {
    return err({ type: 'ReasonMissing' })
  }
  return setFields(deps, { record, changes, issuedAt: command.issuedAt })
}

/** The new values as their schemas read them, or null when one does not fit or a field is named twice. */
function readChanges(changes: CorrectCommand['args']['changes']): FieldChange[] | null {
  if (new Set(changes.map(({ field }) => field)).size < changes.length) return null
  const read: FieldChange[] = []
  for (const { field, value } of changes) {
    const parsed = CASE_FIELD_SCHEMAS[field].safeParse(value)
    if (!parsed.success) return null
    read.push({ field, value: parsed.data })
  }
  return read
}

const isOvertaken = (record: CaseRecord, base: CommandBase, field: CaseField): boolean =>
  fieldRev(record, field) !== (base[field] ?? 1)

function setFields(
  { policies }: DecideDeps,
  job: { record: CaseRecord; changes: readonly FieldChange[]; issuedAt: string }
): Result<Change[], Refusal> {
  const before = job.record.case
  const after = job.changes.reduce((next, { field, value }) => withField(next, field, value), before)
  const policy = policyInForce(policies, after.appliedOn)
  if (!policy.ok) return err({ type: 'PolicyNotInForce' })
  const problemDeps = { today: koreanDayOf(job.issuedAt), policy: policy.value, policies }
  const changed = job.changes.map(({ field }) => field)
  const had = caseProblems(problemDeps, before)
  const brought = caseProblems(problemDeps, after).find(
    (problem) => isAbout(problem, changed) || !had.some((old) => isSameValue(old, problem))
  )
  if (brought !== undefined) return err(brought)
  return ok([{ type: 'FieldsSet', fields: job.changes, dueOn: dueOnOf(after) }])
}

/** A problem that the case had before does not stand in the way of correcting something else. */
function isAbout(problem: CaseProblem, changed: readonly CaseField[]): boolean {
  switch (problem.type) {
    case 'DateInFuture':
      return changed.includes('appliedOn')
    case 'ConsentUnanswered':
      return changed.includes('consents') || changed.includes('service')
    case 'FieldInvalid':
    case 'ConsentMissing':
      return changed.includes(problem.field)
    default:
      return assertNever(problem)
  }
}
