import type { CaseRow } from '#shared/ipc/views.ts'
import { CASE_COLUMNS } from '#shared/store-format/case-columns.ts'
import type { ReadableDb } from './statements.ts'

export interface StoredRow {
  readonly no: number
  /** 32 hexadecimal digits: a text is read in half the time of a BLOB. */
  readonly id: string
  readonly application_no: string
  readonly applicant_name: string
  readonly service: CaseRow['service']
  readonly dong_code: string
  readonly state: CaseRow['state']
  readonly applied_on: string
  readonly due_on: string | null
  readonly waiting: 0 | 1
  readonly searchable: string
}

export const rowToCaseRow = (row: StoredRow): CaseRow => ({
  id: uuidOfHex(row.id),
  applicationNo: row.application_no,
  applicantName: row.applicant_name,
  service: row.service,
  dongCode: row.dong_code,
  state: row.state,
  appliedOn: row.applied_on,
  dueOn: row.due_on,
  waiting: row.waiting === 1
})

const uuidOfHex = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`

/** Rows asked for together cost less than half of as many single ones; two texts, so that both stay prepared. */
const FEW_AT_ONCE = 8
const MOST_AT_ONCE = 50

/** The rows of these cases, 50 at most, in the order given. A number that no case has is left out. */
export function rowsByNos(db: ReadableDb, nos: readonly number[]): StoredRow[] {
  if (nos.length > MOST_AT_ONCE) throw new Error('too many rows at once')
  const places = nos.length <= FEW_AT_ONCE ? FEW_AT_ONCE : MOST_AT_ONCE
  const padded = [...nos, ...new Array<number>(places - nos.length).fill(0)]
  const rows = db.all<StoredRow>(
    `SELECT no, lower(hex(id)) AS id, ${CASE_COLUMNS} FROM cases WHERE no IN (${new Array(places).fill('?').join()})`,
    ...padded
  )
  const byNo = new Map(rows.map((row) => [row.no, row]))
  return nos.flatMap((no) => byNo.get(no) ?? [])
}
