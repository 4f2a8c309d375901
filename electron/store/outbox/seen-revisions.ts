import { applyChanges, type Change } from '#shared/commands/change.ts'
import { hasMarks, markedCommand, markOf, resolveMarks } from '#shared/commands/marks.ts'
import type { CaseRecord, VersionedField } from '#shared/domain/case/case.ts'

export { hasMarks, markedCommand, markOf, resolveMarks }

/** The record as it looks at this PC after an unsent command: the changed fields carry the command's mark. */
export const applyUnsent = (before: CaseRecord | null, changes: readonly Change[], deviceSeq: number): CaseRecord =>
  applyWithRevision(before, changes, markOf(deviceSeq))

/** The record as the centre said it looks after the command: revision `rev`, the changed fields at `rev`. */
export const applyAcknowledged = (before: CaseRecord | null, changes: readonly Change[], rev: number): CaseRecord => ({
  ...applyWithRevision(before, changes, rev),
  rev
})

function applyWithRevision(before: CaseRecord | null, changes: readonly Change[], fieldRevision: number): CaseRecord {
  const after = applyChanges(before, changes)
  const known = before?.fieldRevs ?? {}
  const fieldRevs = Object.fromEntries(
    (Object.entries(after.fieldRevs) as Array<[VersionedField, number]>).map(([field, rev]) => [
      field,
      rev === known[field] ? rev : fieldRevision
    ])
  )
  const lay = new Map(before?.case.conflicts.map(({ id, rev }) => [id, rev]))
  const conflicts = after.case.conflicts.map((conflict) =>
    conflict.rev === lay.get(conflict.id) ? conflict : { ...conflict, rev: fieldRevision }
  )
  return { ...after, case: { ...after.case, conflicts }, fieldRevs }
}
