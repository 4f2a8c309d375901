import type { CaseRecord } from '#shared/domain/case/case.ts'
import { searchTerms } from '#shared/domain/search/search-terms.ts'
import { packSearchable, searchableOf, unpackSearchable } from '#shared/domain/search/searchable.ts'
import { BODY_COLUMNS, packRecord, type StoredBody, unpackRecord } from '#shared/store-format/case-body.ts'
import { caseToRow, INSERT_BODY, INSERT_CASE, listedCase } from '#shared/store-format/case-columns.ts'
import {
  caseFacts,
  clearListed,
  codeNumber,
  sortKeysOf,
  storeVersion,
  writeFacts,
  writeKeys
} from '#shared/store-format/case-facts.ts'
import { changeTerms, removeTerms, termHasher } from '#shared/store-format/postings/posting-store.ts'
import { putGone } from '#shared/store-format/postings/posting-sweep.ts'
import { isBehind, touchBehind } from '#shared/store-format/search-behind.ts'
import { uuidToBlob } from '#shared/store-format/uuid-blob.ts'
import type { ReadableDb } from './statements.ts'
import type { WriteTx } from './write-tx.ts'

const REPLACE_CASE = `${INSERT_CASE} ON CONFLICT (no) DO UPDATE SET
  id = excluded.id, application_no = excluded.application_no, applicant_name = excluded.applicant_name,
  service = excluded.service, dong_code = excluded.dong_code, state = excluded.state,
  applied_on = excluded.applied_on, due_on = excluded.due_on, waiting = excluded.waiting,
  searchable = excluded.searchable, conflicts = excluded.conflicts`
const REPLACE_BODY = `${INSERT_BODY} ON CONFLICT (no) DO UPDATE SET body = excluded.body, packed = excluded.packed`

export { type BulkLoader, createBulkLoader } from './bulk-loader.ts'

interface Known {
  readonly no: number
  readonly searchable: string
  readonly application_no: string
  readonly applicant_name: string
}

const knownCase = (db: ReadableDb, caseId: string): Known | undefined =>
  db.get<Known>('SELECT no, searchable, application_no, applicant_name FROM cases WHERE id = ?', uuidToBlob(caseId))

/** Inserts the case or replaces it, with what the list and the search need. What is no longer true of it is gone after. */
export function putCase(tx: WriteTx, record: CaseRecord, { waiting }: { waiting: boolean }): void {
  const subject = record.case
  const known = knownCase(tx, subject.id)
  const no = known?.no ?? lastNo(tx) + 1
  const version = countCase(tx, { no, isNew: known === undefined })
  const searchable = searchableOf(subject)
  const listed = listedCase(subject, packSearchable(searchable))
  tx.run(REPLACE_CASE, ...caseToRow(no, listed, { waiting }))
  tx.run(REPLACE_BODY, no, packRecord(record, listed.searchable))
  writeFacts(tx, no, { facts: caseFacts(listed, (kind, code) => codeNumber(tx, kind, code)), version })
  const keys = sortKeysOf(listed)
  if (known?.applicant_name !== subject.applicant.name) writeKeys(tx, 'case_name_keys', { no, key: keys.name })
  if (known?.application_no !== subject.applicationNo) writeKeys(tx, 'case_number_keys', { no, key: keys.number })
  const isFoundAlike = known?.searchable === listed.searchable && known.application_no === subject.applicationNo
  if (isFoundAlike) return
  const before = known === undefined ? NO_TERMS : termsOf(known, tx)
  const isIndexBehind = isBehind(tx, no)
  changeTerms(tx, no, { before, after: searchTerms(searchable, termHasher(tx)), isBehind: isIndexBehind })
  if (isIndexBehind) touchBehind(tx)
}

const NO_TERMS = new Float64Array()

const termsOf = (known: Known, db: ReadableDb): Float64Array =>
  searchTerms(unpackSearchable(known.searchable, known.application_no), termHasher(db))

const lastNo = (db: ReadableDb): number => db.pluck<number>('SELECT last_no FROM case_totals WHERE one = 1') ?? 0

/** The version of the store with this change in it. */
function countCase(tx: WriteTx, { no, isNew }: { no: number; isNew: boolean }): number {
  tx.run(
    'UPDATE case_totals SET cases = cases + ?, last_no = max(last_no, ?), version = version + 1 WHERE one = 1',
    isNew ? 1 : 0,
    no
  )
  return storeVersion(tx)
}

/** So many at once are left to a sweep of the index: taken out by their terms, each costs milliseconds in a large store. */
const WORTH_A_SWEEP = 8

export const removeCase = (tx: WriteTx, caseId: string): void => removeCases(tx, [caseId])

/**
 * Takes cases out of the store: rows, list and search index. Their texts are overwritten before any row is deleted, so
 * that no gap in a page that is rebuilt meanwhile keeps them.
 */
export function removeCases(tx: WriteTx, caseIds: readonly string[]): void {
  const known = caseIds.flatMap((caseId) => knownCase(tx, caseId) ?? [])
  if (known.length === 0) return
  const nos = known.map(({ no }) => no)
  if (known.length >= WORTH_A_SWEEP) for (const no of nos) putGone(tx, no)
  else for (const one of known) removeTerms(tx, one.no, termsOf(one, tx))
  if (nos.some((no) => isBehind(tx, no))) touchBehind(tx)
  tx.run('UPDATE case_totals SET cases = cases - ?, version = version + 1 WHERE one = 1', nos.length)
  clearListed(tx, nos, storeVersion(tx))
  for (const sql of OVERWRITE) for (const no of nos) tx.run(sql, no)
  for (const sql of DELETE) for (const no of nos) tx.run(sql, no)
}

const blank = (column: string): string =>
  `${column} = replace(hex(zeroblob(length(CAST(${column} AS BLOB)))), '00', ' ')`
const OVERWRITE = [
  `UPDATE case_bodies SET ${blank('body')}, packed = zeroblob(length(packed)) WHERE no = ?`,
  `UPDATE cases SET ${['application_no', 'applicant_name', 'searchable'].map(blank).join()} WHERE no = ?`
]
const DELETE = ['DELETE FROM case_bodies WHERE no = ?', 'DELETE FROM cases WHERE no = ?']

interface WholeRow extends StoredBody {
  readonly waiting: 0 | 1
}

export function caseById(db: ReadableDb, caseId: string): { record: CaseRecord; waiting: boolean } | undefined {
  const row = db.get<WholeRow>(
    `SELECT ${BODY_COLUMNS}, c.waiting FROM cases c JOIN case_bodies b ON b.no = c.no WHERE c.id = ?`,
    uuidToBlob(caseId)
  )
  return row === undefined ? undefined : { record: unpackRecord(row), waiting: row.waiting === 1 }
}

/** Cases by their number in the store, from the one after `after` on, as many as `most`. */
export const casesFrom = (
  db: ReadableDb,
  { after, most }: { readonly after: number; readonly most: number }
): Array<{ readonly no: number; readonly record: CaseRecord }> =>
  db
    .all<WholeRow & { readonly no: number }>(
      `SELECT ${BODY_COLUMNS}, c.waiting, c.no FROM cases c JOIN case_bodies b ON b.no = c.no
       WHERE c.no > ? ORDER BY c.no LIMIT ?`,
      after,
      most
    )
    .map((row) => ({ no: row.no, record: unpackRecord(row) }))

/** The open conflicts of all cases; those without any are not looked at. */
export const countConflicts = (db: ReadableDb): number =>
  db.pluck<number>('SELECT coalesce(sum(conflicts), 0) FROM cases WHERE conflicts > 0') ?? 0

/** The cases that have open conflicts, as many as `most`, those that came first before the others. */
export const casesInConflict = (
  db: ReadableDb,
  most: number
): Array<{ readonly record: CaseRecord; readonly waiting: boolean }> =>
  db
    .all<WholeRow>(
      `SELECT ${BODY_COLUMNS}, c.waiting FROM cases c JOIN case_bodies b ON b.no = c.no
       WHERE c.no IN (SELECT no FROM cases WHERE conflicts > 0) ORDER BY c.no LIMIT ?`,
      most
    )
    .map((row) => ({ record: unpackRecord(row), waiting: row.waiting === 1 }))
