import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import type { Case, CaseField, CaseRecord } from '#shared/domain/case/case.ts'
import { CASE_FIELD_SCHEMAS } from '#shared/domain/case/case-field-schemas.ts'
import { readField, withField } from '#shared/domain/case/case-fields.ts'
import { type CaseProblem, caseProblems } from '#shared/domain/case/case-problems.ts'
import type { EditStep } from '#shared/domain/case/conflict.ts'
import { hasConsequences } from '#shared/domain/case/consequences.ts'
import { dueOnOf } from '#shared/domain/case/due-rules.ts'
import { isSameValue } from '#shared/domain/case/same-value.ts'
import { closingConsent } from '#shared/domain/consent/standing-consent.ts'
import { policyInForce } from '#shared/domain/policy/policy-versions.ts'
import { assertNever } from '#shared/foundation/assert-never.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { Change } from './change.ts'
import type { Command } from './command.ts'
import { conflictBeneath, keepBoth } from './conflict-changes.ts'
import type { FieldChange } from './correct-case.ts'
import type { DecideDeps } from './decide.ts'
import { isConsequenceOvertaken, isFieldOvertaken, isMerged } from './overtaken.ts'
import type { Refusal } from './refusal.ts'

type CorrectCommand = Extract<Command, { name: 'case.correct' }>

/** 고치기: sets the fields that differ; what somebody else has changed since the actor saw it is not overwritten. */
export function decideCorrectCase(
  deps: DecideDeps,
  record: CaseRecord | null,
  command: CorrectCommand
): Result<Change[], Refusal> {
  if (record === null || record.case.districtCode !== deps.actor.districtCode) return err({ type: 'CaseNotFound' })
  const wanted = readChanges(command.args.changes)
  // Answers are recorded, never rewritten.
  if (wanted === null || wanted.some(({ field }) => field === 'consents')) return err({ type: 'CommandUnreadable' })
  const closed = closedAmong(record.case, wanted)
  if (closed !== null) return err(closed)
  const { toSet, overtaken } = sortChanges(deps, record, command, wanted)
  if (toSet.length + overtaken.length === 0) {
    return deps.onOvertaken === 'refuse' ? err({ type: 'NothingToChange' }) : ok([])
  }
  if (deps.onOvertaken === 'refuse' && overtaken.length > 0) {
    return err({ type: 'FieldChangedMeanwhile', fields: overtaken.map(({ field }) => field) })
  }
  const { reason } = command.args
  if (reason === '' && [...toSet, ...overtaken].some(({ field }) => hasConsequences(field))) {
    return err({ type: 'ReasonMissing' })
  }
  const kept = keepBoth(
    record,
    command,
    overtaken.map((change) => ({ ...change, reason }))
  )
  if (!kept.ok || toSet.length === 0) return kept
  const fields = toSet.map(({ field }) => field)
  const how = isMerged(record, command, fields) ? 'merged' : 'plain'
  const set = setFields(deps, { subject: record.case, changes: toSet, command, how })
  return set.ok ? ok([...set.value, ...kept.value]) : set
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

/** A value for a field that a withdrawn consent has closed: it may not even wait beside what stands. */
function closedAmong({ consents }: Case, wanted: readonly FieldChange[]): Refusal | null {
  for (const { field, value } of wanted) {
    const closing = value === null ? undefined : closingConsent(consents, field)
    if (closing !== undefined) return { type: 'ConsentMissing', field, consentId: closing.consentId }
  }
  return null
}

/** What is the same already is left out, unless the actor thereby takes back her own value of an open conflict. */
function sortChanges(
  { onOvertaken }: DecideDeps,
  record: CaseRecord,
  command: CorrectCommand,
  wanted: readonly FieldChange[]
): { toSet: FieldChange[]; overtaken: FieldChange[] } {
  const seeing = { ...command, onOvertaken }
  const toSet: FieldChange[] = []
  const overtaken: FieldChange[] = []
  for (const change of wanted) {
    const { field, value } = change
    const isThere = isSameValue(readField(record.case, field), value)
    if (onOvertaken === 'keep_both' && conflictBeneath(record, command, field) !== undefined) overtaken.push(change)
    else if (isThere) continue
    else if (isFieldOvertaken(record, seeing, field) || isConsequenceOvertaken(record, seeing, field)) {
      overtaken.push(change)
    } else toSet.push(change)
  }
  return { toSet, overtaken }
}

/** Sets fields to values that fit their schemas, unless the case would break a rule of the domain by it. */
export function setFields(
  { policies }: DecideDeps,
  job: {
    readonly subject: Case
    readonly changes: readonly FieldChange[]
    readonly command: Pick<Command, 'issuedAt' | 'issuedBy'> & { readonly args: { readonly reason: string } }
    readonly how: EditStep['how']
  }
): Result<Change[], Refusal> {
  const { subject: before, changes, command, how } = job
  const after = changes.reduce((next, { field, value }) => withField(next, field, value), before)
  const policy = policyInForce(policies, after.appliedOn)
  if (!policy.ok) return err({ type: 'PolicyNotInForce' })
  const problemDeps = { today: koreanDayOf(command.issuedAt), policy: policy.value, policies }
  const changed = changes.map(({ field }) => field)
  const had = caseProblems(problemDeps, before)
  const brought = caseProblems(problemDeps, after).find(
    (problem) => isAbout(problem, changed) || !had.some((old) => isSameValue(old, problem))
  )
  if (brought !== undefined) return err(brought)
  const act = { by: command.issuedBy, at: command.issuedAt, reason: command.args.reason }
  return ok([{ type: 'FieldsSet', fields: changes, dueOn: dueOnOf(after), act, how }])
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
