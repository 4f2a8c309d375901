import { fieldsSetBy } from '#shared/commands/overtaken.ts'
import { readEvent } from '#shared/domain/access-log/access-chain.ts'
import type { Case, CaseField, CaseRecord } from '#shared/domain/case/case.ts'
import { maskCase, previewCase } from '#shared/domain/case/masking.ts'
import type { TimeDep } from '#shared/foundation/deps.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { CaseView, TimelineEntry } from '#shared/ipc/views.ts'
import { uuidToBlob } from '#shared/store-format/uuid-blob.ts'
import { type AccessAct, type AccessDeps, recordAct } from '../access-log/access-log.ts'
import type { Looks } from '../access-log/looks.ts'
import { caseById } from '../db/case-rows.ts'
import type { ReadableDb, StoreDb } from '../db/database.ts'
import { type CaseEntry, waitingOfCase } from '../outbox/outbox.ts'
import type { PolicyDep } from '../outbox/rerun.ts'
import { caseRetention } from './case-retention.ts'

export type CaseViewDeps = AccessDeps & PolicyDep & { readonly looks: Looks }

/** Newest lines of the access log that a case's timeline shows. */
const TIMELINE_ACCESSES = 100

/** The case as it opens, masked; that somebody looked at it is recorded in the same transaction. */
export const openCase = (deps: CaseViewDeps, db: StoreDb, caseId: string): Result<CaseView, { type: 'CaseNotFound' }> =>
  viewCase(deps, db, { caseId, mask: maskCase, shown: 'case' })

/** The summary beside the list: names and phones are masked as well. Recorded as a view. */
export const previewCaseView = (
  deps: CaseViewDeps,
  db: StoreDb,
  caseId: string
): Result<CaseView, { type: 'CaseNotFound' }> => viewCase(deps, db, { caseId, mask: previewCase, shown: 'preview' })

function viewCase(
  deps: CaseViewDeps,
  db: StoreDb,
  wanted: { readonly caseId: string; readonly mask: (subject: Case) => Case; readonly shown: 'case' | 'preview' }
): Result<CaseView, { type: 'CaseNotFound' }> {
  return db.write((tx) => {
    const found = caseById(tx, wanted.caseId)
    if (found === undefined) return err({ type: 'CaseNotFound' as const })
    const view = caseToView(tx, deps, { ...found, mask: wanted.mask })
    const look: AccessAct = { act: 'view', caseIds: [wanted.caseId], detail: { shown: wanted.shown } }
    if (deps.looks.isNew(look)) recordAct(tx, deps, look)
    return ok(view)
  })
}

function caseToView(
  db: ReadableDb,
  deps: PolicyDep & TimeDep,
  found: { readonly record: CaseRecord; readonly waiting: boolean; readonly mask: (subject: Case) => Case }
): CaseView {
  const { record, waiting } = found
  return {
    case: found.mask(record.case),
    rev: record.rev,
    fieldRevs: record.fieldRevs,
    waiting,
    waitingFields: waitingFields(waitingOfCase(db, record.case.id)),
    conflicts: record.case.conflicts.map(({ id, field }) => ({ conflictId: id, field })),
    timeline: timeline(db, record.case),
    retention: caseRetention(db, deps, record)
  }
}

/** A new case waits as a whole: no field of it waits by itself. */
function waitingFields(entries: readonly CaseEntry[]): Array<CaseField | 'state'> {
  return [...new Set(entries.flatMap(({ command }) => fieldsSetBy(command)))]
}

/** Newest first. */
function timeline(db: ReadableDb, subject: Case): TimelineEntry[] {
  const steps = subject.history.map((step): TimelineEntry => ({ type: 'state', ...step }))
  const told = edits(subject)
  const others = accesses(db, subject.id).filter((entry) => !isTold(entry, told.at(0)?.at))
  return [...steps, ...told, ...holds(subject), ...others].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
}

/** Corrections, whoever made them at whichever PC: those that took place, and those that wait in a conflict. */
function edits({ edits: done, conflicts }: Case): TimelineEntry[] {
  const open = conflicts.map(({ field, mine: { by, at, reason } }): TimelineEntry => {
    return { type: 'edit', how: 'open', fields: [field], by, at, reason }
  })
  return [...done.map(({ closed: _, ...step }): TimelineEntry => ({ type: 'edit', ...step })), ...open]
}

/** Holds say by themselves who placed and released them, whichever PC it was at. */
const holds = (subject: Case): TimelineEntry[] =>
  subject.holds.flatMap(({ kind, placedBy: by, placedAt: at, reason, release }): TimelineEntry[] => [
    { type: 'hold', how: 'placed', kind, by, at, reason },
    ...(release === null ? [] : [{ type: 'hold' as const, how: 'released' as const, kind, ...release }])
  ])

/** From the first edit on that is kept, the edits tell of corrections and this PC's access log need not. */
const isTold = (entry: TimelineEntry, since: string | undefined): boolean =>
  entry.type === 'access' &&
  (TOLD_BY_HOLDS.includes(entry.act) ||
    ((entry.act === 'correct' || entry.act === 'resolve') && since !== undefined && entry.at >= since))

const TOLD_BY_HOLDS: readonly string[] = ['hold', 'release_hold']

const accesses = (db: ReadableDb, caseId: string): TimelineEntry[] =>
  db
    .all<{ body: string }>(
      `SELECT l.body FROM access_subjects s JOIN access_log l ON l.no = s.no
       WHERE s.case_id = ? ORDER BY s.no DESC LIMIT ${TIMELINE_ACCESSES}`,
      uuidToBlob(caseId)
    )
    .flatMap(({ body }): TimelineEntry[] => {
      const event = readEvent(body)
      if (event === null) return []
      const { at, accountId: by, act, detail } = event
      return [{ type: 'access', at, by, act, field: typeof detail.field === 'string' ? detail.field : null }]
    })
