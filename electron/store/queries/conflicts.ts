import type { CaseRecord, VersionedField } from '#shared/domain/case/case.ts'
import { readField } from '#shared/domain/case/case-fields.ts'
import type { OpenConflict } from '#shared/domain/case/conflict.ts'
import { closedConflict } from '#shared/domain/case/edit-history.ts'
import { maskField } from '#shared/domain/case/mask-field.ts'
import { isSameValue } from '#shared/domain/case/same-value.ts'
import { mayRevealField } from '#shared/domain/grant/may-reveal.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { ConflictItem, ConflictList, ConflictView } from '#shared/ipc/conflict-views.ts'
import type { ParsedRequestOf } from '#shared/ipc/contract.ts'
import { type AccessAct, type AccessDeps, recordAct } from '../access-log/access-log.ts'
import type { Looks } from '../access-log/looks.ts'
import { caseById, casesInConflict, countConflicts } from '../db/case-rows.ts'
import type { ReadableDb, StoreDb } from '../db/database.ts'
import { waitingOfCase } from '../outbox/outbox.ts'
import type { RevealDep } from './case-view-unmask.ts'

type NotFound = { type: 'ConflictNotFound' }

/** Cases of which the list names the conflicts; whoever has more decides the first ones first. */
const MOST_CASES = 200

/** 충돌함: the oldest conflict first. */
export function listConflicts(db: ReadableDb): ConflictList {
  const items = casesInConflict(db, MOST_CASES).flatMap(({ record }) =>
    record.case.conflicts.map((conflict) => conflictToItem(db, record, conflict))
  )
  items.sort((a, b) => (a.openedAt < b.openedAt ? -1 : a.openedAt > b.openedAt ? 1 : 0))
  return { items, total: countConflicts(db) }
}

/** Conflicts in which the account typed one of the values, among as many as the list names. */
export const countOwnConflicts = (db: ReadableDb, accountId: string): number =>
  casesInConflict(db, MOST_CASES)
    .flatMap(({ record }) => record.case.conflicts)
    .filter(({ theirs, mine }) => theirs.by === accountId || mine.by === accountId).length

/** Both values of a conflict, masked; that somebody looked at them is recorded in the same transaction. */
export function openConflict(
  deps: AccessDeps & { readonly looks: Looks },
  db: StoreDb,
  place: ParsedRequestOf<'conflict.open'>
): Result<ConflictView, NotFound> {
  return db.write((tx) => {
    const found = findConflict(tx, place)
    if (found === null) return err({ type: 'ConflictNotFound' as const })
    const look: AccessAct = { act: 'view', caseIds: [place.caseId], detail: { shown: 'conflict' } }
    if (deps.looks.isNew(look)) recordAct(tx, deps, look)
    const { record, conflict, chosen } = found
    const { field, theirs, mine } = conflict
    const shown = { theirs: masked(field, theirs.value), mine: masked(field, mine.value) }
    return ok({
      ...conflictToItem(tx, record, conflict),
      theirs: { ...theirs, value: shown.theirs },
      mine: { ...mine, value: shown.mine },
      masked: { theirs: !isSameValue(shown.theirs, theirs.value), mine: !isSameValue(shown.mine, mine.value) },
      chosen,
      fieldRevs: record.fieldRevs
    })
  })
}

/** One of the values in clear, for a reason that is recorded in the same transaction. */
export function unmaskConflict(
  deps: AccessDeps & RevealDep,
  db: StoreDb,
  { side, reason, ...place }: ParsedRequestOf<'conflict.unmask'>
): Result<{ value: unknown }, NotFound | { type: 'NotGranted' }> {
  return db.write<{ value: unknown }, NotFound | { type: 'NotGranted' }>((tx) => {
    const found = findConflict(tx, place)
    if (found === null) return err({ type: 'ConflictNotFound' as const })
    const { conflict } = found
    if (!mayRevealField(deps, conflict.field)) return err({ type: 'NotGranted' as const })
    const detail = { field: conflict.field, side }
    recordAct(tx, deps, { act: 'unmask', caseIds: [place.caseId], detail, reason })
    return ok({ value: conflict[side].value })
  })
}

interface FoundConflict {
  readonly record: CaseRecord
  readonly conflict: OpenConflict
  readonly chosen: ConflictView['chosen']
}

function findConflict(db: ReadableDb, { caseId, conflictId }: ParsedRequestOf<'conflict.open'>): FoundConflict | null {
  const record = caseById(db, caseId)?.record
  if (record === undefined) return null
  const open = record.case.conflicts.find(({ id }) => id === conflictId)
  if (open !== undefined) return { record, conflict: open, chosen: null }
  const decided = closedConflict(record.case, conflictId)
  if (decided === undefined || !decided.stands) return null
  const { conflict } = decided
  const isTheirs = isSameValue(readField(record.case, conflict.field), conflict.theirs.value)
  return { record, conflict, chosen: isTheirs ? 'theirs' : 'mine' }
}

const masked = (field: VersionedField, value: unknown): unknown => (field === 'state' ? value : maskField(field, value))

function conflictToItem(db: ReadableDb, record: CaseRecord, conflict: OpenConflict): ConflictItem {
  const { id: caseId, applicationNo, applicant } = record.case
  const { commandId } = conflict.mine
  return {
    conflictId: conflict.id,
    ...{ caseId, applicationNo, applicantName: applicant.name, field: conflict.field, openedAt: conflict.openedAt },
    theirsBy: conflict.theirs.by,
    mineBy: conflict.mine.by,
    waiting: waitingOfCase(db, caseId).some(({ command }) => command.id === commandId)
  }
}
