import type { Case, VersionedField } from './case.ts'
import { readField } from './case-fields.ts'
import { type ClosedConflict, type EditStep, MOST_EDITS, type OpenConflict } from './conflict.ts'
import { isSameValue } from './same-value.ts'

/** What an edit does to the open conflicts and to the history of corrections. */

/** Who acted, when and why. */
export type Act = Pick<EditStep, 'by' | 'at' | 'reason'>

/**
 * A field has a new value that its author set with the standing one in sight. A conflict about it ends when the new value
 * is the other one, or when the author of the other one has now typed a third. Else it goes on against the new value.
 */
export function conflictsAfterSetting(
  conflicts: readonly OpenConflict[],
  field: VersionedField,
  set: Act & { readonly value: unknown }
): { open: OpenConflict[]; closed: ClosedConflict[] } {
  const open: OpenConflict[] = []
  const closed: ClosedConflict[] = []
  for (const conflict of conflicts) {
    if (conflict.field !== field) open.push(conflict)
    else if (isSameValue(conflict.mine.value, set.value)) closed.push({ conflict, choice: 'mine' })
    else if (conflict.mine.by === set.by) closed.push({ conflict, choice: 'other' })
    else {
      const { value, by, at, reason } = set
      open.push({ ...conflict, theirs: { value, by, at, reason } })
    }
  }
  return { open, closed }
}

/** The standing value was chosen over `rejected`; whoever else had typed that one is answered too. */
export function conflictsAfterKeeping(
  conflicts: readonly OpenConflict[],
  rejected: OpenConflict
): { open: OpenConflict[]; closed: ClosedConflict[] } {
  const isAnswered = (conflict: OpenConflict): boolean =>
    conflict.field === rejected.field && isSameValue(conflict.mine.value, rejected.mine.value)
  return {
    open: conflicts.filter((conflict) => !isAnswered(conflict)),
    closed: conflicts.filter(isAnswered).map((conflict) => ({ conflict, choice: 'theirs' }))
  }
}

/**
 * The history with one step more. Beyond its bound the oldest step goes of which every field has a newer one, so that it
 * is always known who set what stands.
 */
export function withEdit(edits: Case['edits'], step: EditStep): EditStep[] {
  const all = [...edits, step]
  if (all.length <= MOST_EDITS) return all
  const isOutdated = ({ fields }: EditStep, index: number): boolean =>
    fields.every((field) => all.some((later, at) => at > index && later.fields.includes(field)))
  const at = all.findIndex(isOutdated)
  return all.filter((_, index) => index !== at)
}

/** A decided conflict, as the history tells of it last, and whether its decision still stands in the case. */
export function closedConflict(subject: Case, id: string): (ClosedConflict & { readonly stands: boolean }) | undefined {
  const known = subject.edits.flatMap(({ closed }) => closed).findLast(({ conflict }) => conflict.id === id)
  if (known === undefined) return undefined
  const { conflict, choice } = known
  const isAnyOf = (value: unknown): boolean => isSameValue(readField(subject, conflict.field), value)
  return { ...known, stands: choice !== 'other' && (isAnyOf(conflict.theirs.value) || isAnyOf(conflict.mine.value)) }
}
