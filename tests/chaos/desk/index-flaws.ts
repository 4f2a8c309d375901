import type { CaseRecord } from '#shared/domain/case/case.ts'
import { uuidToBlob } from '#shared/store-format/uuid-blob.ts'
import type { ReadableDb } from '../../../electron/store/db/statements.ts'
import { searchCases } from '../../../electron/store/queries/case-search.ts'

/** Where the narrow rows, the counts or the search say something else than the cases themselves. */
export function findIndexFlaws(db: ReadableDb, records: readonly CaseRecord[]): string[] {
  return [
    ...countFlaws(db, records),
    ...records.flatMap((record) => [...rowFlaws(db, record), ...searchFlaws(db, record)])
  ]
}

function countFlaws(db: ReadableDb, records: readonly CaseRecord[]): string[] {
  const counted = db.pluck<number>('SELECT cases FROM case_totals WHERE one = 1')
  const bodies = db.pluck<number>('SELECT count(*) FROM case_bodies')
  return [
    ...(counted === records.length ? [] : [`${records.length} cases are counted as ${counted}`]),
    ...(bodies === records.length ? [] : [`${records.length} cases have ${bodies} bodies`])
  ]
}

interface NarrowRow {
  readonly application_no: string
  readonly applicant_name: string
  readonly state: string
  readonly dong_code: string
  readonly due_on: string | null
}

function rowFlaws(db: ReadableDb, { case: subject }: CaseRecord): string[] {
  const row = db.get<NarrowRow>(
    'SELECT application_no, applicant_name, state, dong_code, due_on FROM cases WHERE id = ?',
    uuidToBlob(subject.id)
  )
  const isAlike =
    row?.application_no === subject.applicationNo &&
    row.applicant_name === subject.applicant.name &&
    row.state === subject.state &&
    row.dong_code === subject.dongCode &&
    row.due_on === subject.dueOn
  return isAlike ? [] : [`the list's row of case ${subject.id} differs from the case`]
}

function searchFlaws(db: ReadableDb, { case: subject }: CaseRecord): string[] {
  const texts = { number: subject.applicationNo, name: subject.applicant.name, phone: subject.applicant.phone }
  return Object.entries(texts).flatMap(([what, text]) => {
    const page = searchCases(db, { text, limit: 50 })
    const isFound = page.hits.some(({ row }) => row.id === subject.id)
    // More of the same name than a page holds: the find may stand further down.
    return isFound || page.total > page.hits.length ? [] : [`case ${subject.id} is not found by its ${what}`]
  })
}
