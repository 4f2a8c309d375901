import type { Cipher } from '#shared/cipher/cipher.ts'
import type { CaseRecord, FieldRevs } from '#shared/domain/case/case.ts'
import type { CaseState } from '#shared/domain/case/case-state.ts'
import type { ServiceCode } from '#shared/domain/case/service.ts'
import type { Queryable } from '../db/pool.ts'
import type { Tx } from '../db/run-tx.ts'
import { type ClearPart, joinCase, type SealedPart, splitCase } from './split-case.ts'

/** A line of the table `cases`. */
export interface CaseRow {
  id: string
  district_code: string
  dong_code: string
  service: ServiceCode
  state: CaseState
  applied_on: string
  due_on: string | null
  application_no: string
  assignee_id: string | null
  rev: number
  seq: number
  field_revs: FieldRevs
  sealed: Uint8Array
}

export const CASE_COLUMNS =
  'id, district_code, dong_code, service, state, applied_on, due_on, application_no, assignee_id, rev, seq, field_revs, sealed'

export interface CaseBox {
  readonly cipher: Cipher
  /** The key of this case. */
  readonly key: Uint8Array
}

/** `seq`: the place of this revision in the district's stream. */
export function caseToRow({ cipher, key }: CaseBox, record: CaseRecord, seq: number): CaseRow {
  const { clear, sealed } = splitCase(record.case)
  return {
    id: clear.id,
    district_code: clear.districtCode,
    dong_code: clear.dongCode,
    service: clear.service,
    state: clear.state,
    applied_on: clear.appliedOn,
    due_on: clear.dueOn,
    application_no: clear.applicationNo,
    assignee_id: clear.assigneeId,
    rev: record.rev,
    seq,
    field_revs: record.fieldRevs,
    sealed: cipher.seal(key, new TextEncoder().encode(JSON.stringify(sealed)), caseContext(clear.id))
  }
}

/** Throws when the box does not open: a case is never guessed. */
export function rowToCase(box: CaseBox, row: CaseRow): CaseRecord {
  const record = tryRowToCase(box, row)
  if (record === null) throw new Error(`the sealed part of case ${row.id} does not open under its key`)
  return record
}

/** null: the key is not this case's, or the box was damaged. */
export function tryRowToCase(box: CaseBox, row: CaseRow): CaseRecord | null {
  const opened = tryOpenSealedCase(box, row)
  if (opened === null) return null
  const sealed = JSON.parse(new TextDecoder().decode(opened)) as SealedPart
  return { case: joinCase(clearPartOf(row), sealed), rev: row.rev, fieldRevs: row.field_revs }
}

/** The JSON bytes of a case's sealed part; null as above. */
export const tryOpenSealedCase = ({ cipher, key }: CaseBox, row: Pick<CaseRow, 'id' | 'sealed'>): Uint8Array | null =>
  cipher.open(key, row.sealed, caseContext(row.id))

export const clearPartOf = (row: Omit<CaseRow, 'rev' | 'seq' | 'field_revs' | 'sealed'>): ClearPart => ({
  id: row.id,
  applicationNo: row.application_no,
  districtCode: row.district_code,
  dongCode: row.dong_code,
  service: row.service,
  state: row.state,
  appliedOn: row.applied_on,
  dueOn: row.due_on,
  assigneeId: row.assignee_id
})

/** The rows of these cases, locked until the transaction ends, always in the same order so that no two wait in a ring. */
export async function lockCaseRows(tx: Tx, caseIds: readonly string[]): Promise<CaseRow[]> {
  const { rows } = await tx.query<CaseRow>({
    name: 'lock-cases',
    text: `SELECT ${CASE_COLUMNS} FROM cases WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`,
    values: [caseIds]
  })
  return rows
}

const GIVEN_ROWS = `unnest(
  $1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::date[], $7::date[], $8::text[], $9::uuid[],
  $10::integer[], $11::bigint[], $12::jsonb[], $13::bytea[]
) AS given (${CASE_COLUMNS})`

/** Writes many new rows with one statement. Throws a unique violation when one of them exists. */
export async function insertCaseRows(db: Queryable, rows: readonly CaseRow[]): Promise<void> {
  if (rows.length === 0) return
  const text = `INSERT INTO cases (${CASE_COLUMNS}) SELECT ${CASE_COLUMNS} FROM ${GIVEN_ROWS}`
  await db.query({ name: 'insert-cases', text, values: columnsOf(rows) })
}

const NEXT_REVISION = `
  dong_code = given.dong_code, service = given.service, state = given.state, applied_on = given.applied_on,
  due_on = given.due_on, assignee_id = given.assignee_id, rev = given.rev, seq = given.seq,
  field_revs = given.field_revs, sealed = given.sealed`

const UPDATE_CASES = `
UPDATE cases SET ${NEXT_REVISION}
FROM ${GIVEN_ROWS} WHERE cases.id = given.id AND cases.district_code = given.district_code`

const MOVE_CASES = `
UPDATE cases SET district_code = given.district_code, application_no = given.application_no, ${NEXT_REVISION}
FROM ${GIVEN_ROWS} WHERE cases.id = given.id`

/** Replaces many rows, locked before by `lockCaseRows`, with their next revision. */
export async function updateCaseRows(db: Queryable, rows: readonly CaseRow[]): Promise<void> {
  if (rows.length === 0) return
  const { rowCount } = await db.query({ name: 'update-cases', text: UPDATE_CASES, values: columnsOf(rows) })
  if (rowCount !== rows.length) throw new Error('a case that was locked is gone')
}

/**
 * Gives rows, locked before by `lockCaseRows`, to another district. The row stays the same: whoever waits for its lock sees
 * where it is now, and would see none that was deleted and made anew.
 */
export async function moveCaseRows(db: Queryable, rows: readonly CaseRow[]): Promise<void> {
  if (rows.length === 0) return
  const { rowCount } = await db.query({ name: 'move-cases', text: MOVE_CASES, values: columnsOf(rows) })
  if (rowCount !== rows.length) throw new Error('a case that was locked is gone')
}

const columnsOf = (rows: readonly CaseRow[]): unknown[][] => [
  rows.map((row) => row.id),
  rows.map((row) => row.district_code),
  rows.map((row) => row.dong_code),
  rows.map((row) => row.service),
  rows.map((row) => row.state),
  rows.map((row) => row.applied_on),
  rows.map((row) => row.due_on),
  rows.map((row) => row.application_no),
  rows.map((row) => row.assignee_id),
  rows.map((row) => row.rev),
  rows.map((row) => row.seq),
  rows.map((row) => JSON.stringify(row.field_revs)),
  rows.map((row) => row.sealed)
]

const caseContext = (caseId: string): string => `case:${caseId}`
