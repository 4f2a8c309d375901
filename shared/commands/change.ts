import type { Case, CaseRecord, FieldRevs, StateStep, VersionedField } from '#shared/domain/case/case.ts'
import { withField } from '#shared/domain/case/case-fields.ts'
import { assertNever } from '#shared/foundation/assert-never.ts'
import type { FieldChange } from './correct-case.ts'

/** What a command does to a case, once decided. */
export type Change =
  | { readonly type: 'CaseRegistered'; readonly case: Case }
  | { readonly type: 'FieldsSet'; readonly fields: readonly FieldChange[]; readonly dueOn: string | null }
  | { readonly type: 'StateMoved'; readonly step: StateStep; readonly dueOn: string | null }

/** The record after the changes of one command: one revision further, the changed fields stamped with it. */
export function applyChanges(before: CaseRecord | null, changes: readonly Change[]): CaseRecord {
  const rev = (before?.rev ?? 0) + 1
  let subject = before?.case ?? null
  let fieldRevs: FieldRevs = before?.fieldRevs ?? {}
  for (const change of changes) {
    subject = applyChange(subject, change)
    fieldRevs = { ...fieldRevs, ...Object.fromEntries(fieldsChangedBy(change).map((field) => [field, rev])) }
  }
  if (subject === null) throw new Error('no change registers the case')
  return { case: subject, rev, fieldRevs }
}

/** The revision at which a field last changed. */
export const fieldRev = (record: Pick<CaseRecord, 'fieldRevs'>, field: VersionedField): number =>
  record.fieldRevs[field] ?? 1

function applyChange(subject: Case | null, change: Change): Case {
  if (change.type === 'CaseRegistered') return change.case
  if (subject === null) throw new Error('a change needs a registered case')
  switch (change.type) {
    case 'FieldsSet':
      return change.fields.reduce((next, { field, value }) => withField(next, field, value), {
        ...subject,
        dueOn: change.dueOn
      })
    case 'StateMoved':
      return { ...subject, state: change.step.state, dueOn: change.dueOn, history: [...subject.history, change.step] }
    default:
      return assertNever(change)
  }
}

function fieldsChangedBy(change: Change): VersionedField[] {
  switch (change.type) {
    case 'CaseRegistered':
      return []
    case 'FieldsSet':
      return change.fields.map(({ field }) => field)
    case 'StateMoved':
      return ['state']
    default:
      return assertNever(change)
  }
}
