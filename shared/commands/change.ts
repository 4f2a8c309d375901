import type { Case, CaseRecord, FieldRevs, StateStep, VersionedField } from '#shared/domain/case/case.ts'
import { withField } from '#shared/domain/case/case-fields.ts'
import type { ClosedConflict, EditStep, OpenConflict, OtherValue } from '#shared/domain/case/conflict.ts'
import { type Act, conflictsAfterKeeping, conflictsAfterSetting, withEdit } from '#shared/domain/case/edit-history.ts'
import type { ConsentRecord } from '#shared/domain/consent/consent-record.ts'
import type { CaseDocument } from '#shared/domain/document/case-document.ts'
import type { Hold } from '#shared/domain/retention/hold.ts'
import { assertNever } from '#shared/foundation/assert-never.ts'
import type { FieldChange } from './correct-case.ts'

/** What a command does to a case, once decided. */
export type Change =
  | { readonly type: 'CaseRegistered'; readonly case: Case }
  | {
      readonly type: 'FieldsSet'
      readonly fields: readonly FieldChange[]
      readonly dueOn: string | null
      readonly act: Act
      readonly how: EditStep['how']
    }
  | {
      readonly type: 'StateMoved'
      readonly step: StateStep
      readonly dueOn: string | null
      readonly how: EditStep['how']
    }
  | { readonly type: 'ConflictOpened'; readonly conflict: Omit<OpenConflict, 'rev'> }
  /** The author of the other value has typed a newer one before she could know of the conflict. */
  | { readonly type: 'ConflictAmended'; readonly conflict: OpenConflict; readonly mine: OtherValue }
  /** What stands was chosen. */
  | { readonly type: 'ConflictClosed'; readonly conflict: OpenConflict; readonly act: Act }
  | { readonly type: 'DocumentAttached'; readonly document: CaseDocument }
  | { readonly type: 'DocumentDetached'; readonly documentId: string }
  | { readonly type: 'ConsentRecorded'; readonly answer: ConsentRecord; readonly act: Act }
  | { readonly type: 'HoldPlaced'; readonly hold: Hold }
  | { readonly type: 'HoldReleased'; readonly holdId: string; readonly release: NonNullable<Hold['release']> }

/** The record after the changes of one command: one revision further, the changed fields stamped with it. */
export function applyChanges(before: CaseRecord | null, changes: readonly Change[]): CaseRecord {
  const rev = (before?.rev ?? 0) + 1
  let subject = before?.case ?? null
  let fieldRevs: FieldRevs = before?.fieldRevs ?? {}
  for (const change of changes) {
    subject = applyChange(subject, change, rev)
    fieldRevs = { ...fieldRevs, ...Object.fromEntries(fieldsStampedBy(change).map((field) => [field, rev])) }
  }
  if (subject === null) throw new Error('no change registers the case')
  return { case: subject, rev, fieldRevs }
}

/** How the changes of a command are answered: plainly applied, merged with somebody else's, or partly in conflict. */
export function effectOf(
  changes: readonly Change[]
):
  | { readonly type: 'Applied' }
  | { readonly type: 'Merged' }
  | { readonly type: 'Conflict'; fields: VersionedField[] } {
  const fields = changes.flatMap((change) =>
    change.type === 'ConflictOpened' || change.type === 'ConflictAmended' ? [change.conflict.field] : []
  )
  if (fields.length > 0) return { type: 'Conflict', fields }
  return { type: changes.some((change) => 'how' in change && change.how === 'merged') ? 'Merged' : 'Applied' }
}

function applyChange(subject: Case | null, change: Change, rev: number): Case {
  if (change.type === 'CaseRegistered') return change.case
  if (subject === null) throw new Error('a change needs a registered case')
  switch (change.type) {
    case 'FieldsSet':
      return setFields(subject, change)
    case 'StateMoved':
      return moveState(subject, change)
    case 'ConflictOpened':
      return { ...subject, conflicts: [...subject.conflicts, { ...change.conflict, rev }] }
    case 'ConflictAmended':
      return {
        ...subject,
        conflicts: subject.conflicts.map((one) =>
          one.id === change.conflict.id ? { ...one, mine: change.mine, rev } : one
        )
      }
    case 'ConflictClosed': {
      const { open, closed } = conflictsAfterKeeping(subject.conflicts, change.conflict)
      const step: EditStep = { ...change.act, fields: [change.conflict.field], how: 'resolved', closed }
      return { ...subject, conflicts: open, edits: withEdit(subject.edits, step) }
    }
    case 'DocumentAttached':
      return { ...subject, documents: [...subject.documents, change.document] }
    case 'DocumentDetached':
      return { ...subject, documents: subject.documents.filter(({ documentId }) => documentId !== change.documentId) }
    case 'ConsentRecorded':
      return withConsent(subject, change)
    case 'HoldPlaced':
      return { ...subject, holds: [...subject.holds, change.hold] }
    case 'HoldReleased':
      return { ...subject, holds: subject.holds.map((hold) => released(hold, change)) }
    default:
      return assertNever(change)
  }
}

const released = (hold: Hold, { holdId, release }: Change & { type: 'HoldReleased' }): Hold =>
  hold.id === holdId ? { ...hold, release } : hold

/** What waits or is kept beside the values of a field that closes goes at once: nobody may choose it any more. */
function withConsent(subject: Case, { answer, act }: Change & { type: 'ConsentRecorded' }): Case {
  const isOpen = ({ field }: { readonly field: VersionedField }): boolean =>
    field === 'state' || !answer.closes.includes(field)
  const kept = subject.edits.map((step) => ({
    ...step,
    closed: step.closed.filter(({ conflict }) => isOpen(conflict))
  }))
  const step: EditStep = { fields: ['consents'], ...act, how: 'plain', closed: [] }
  return {
    ...subject,
    consents: [...subject.consents, answer],
    conflicts: subject.conflicts.filter(isOpen),
    edits: withEdit(kept, step)
  }
}

function setFields(subject: Case, { fields, dueOn, act, how }: Change & { type: 'FieldsSet' }): Case {
  let conflicts: OpenConflict[] = subject.conflicts
  const closed: ClosedConflict[] = []
  let after: Case = { ...subject, dueOn }
  for (const { field, value } of fields) {
    after = withField(after, field, value)
    const settled = conflictsAfterSetting(conflicts, field, { ...act, value })
    conflicts = settled.open
    closed.push(...settled.closed)
  }
  const step: EditStep = { fields: fields.map(({ field }) => field), ...act, how, closed }
  return { ...after, conflicts, edits: withEdit(subject.edits, step) }
}

/** The history of states tells of a plain move; only what more there is to tell becomes a step of its own. */
function moveState(subject: Case, { step, dueOn, how }: Change & { type: 'StateMoved' }): Case {
  const { state: value, by, at, reason } = step
  const { open, closed } = conflictsAfterSetting(subject.conflicts, 'state', { value, by, at, reason })
  const edit: EditStep = { fields: ['state'], by, at, reason, how, closed }
  const isPlain = how === 'plain' && closed.length === 0
  return {
    ...subject,
    state: value,
    dueOn,
    history: [...subject.history, step],
    conflicts: open,
    edits: isPlain ? subject.edits : withEdit(subject.edits, edit)
  }
}

/**
 * A decision for what stands counts as a change of the field: whoever did not know of it has not seen the field as it
 * is. A conflict that opens leaves the field as it was.
 */
function fieldsStampedBy(change: Change): VersionedField[] {
  switch (change.type) {
    case 'CaseRegistered':
    case 'ConflictOpened':
    case 'ConflictAmended':
    case 'DocumentAttached':
    case 'DocumentDetached':
    case 'HoldPlaced':
    case 'HoldReleased':
      return []
    case 'FieldsSet':
      return change.fields.map(({ field }) => field)
    case 'ConsentRecorded':
      return ['consents']
    case 'StateMoved':
      return ['state']
    case 'ConflictClosed':
      return [change.conflict.field]
    default:
      return assertNever(change)
  }
}
