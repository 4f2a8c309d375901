import type { Case } from '#shared/domain/case/case.ts'
import type { SqlValue } from './sql.ts'
import { uuidToBlob } from './uuid-blob.ts'

/** The narrow row of a case, as `INSERT_CASE` writes it behind `no` and `id`. */
export const CASE_COLUMNS =
  'application_no, applicant_name, service, dong_code, state, applied_on, due_on, waiting, searchable, conflicts'

/** Values for `INSERT_CASE`. */
export function caseToRow(
  no: number,
  subject: Case,
  { waiting, searchable }: { waiting: boolean; searchable: string }
) {
  return [
    no,
    uuidToBlob(subject.id),
    subject.applicationNo,
    subject.applicant.name,
    subject.service,
    subject.dongCode,
    subject.state,
    subject.appliedOn,
    subject.dueOn,
    waiting ? 1 : 0,
    searchable,
    subject.conflicts.length
  ] satisfies SqlValue[]
}

export const INSERT_CASE = `INSERT INTO cases (no, id, ${CASE_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
export const INSERT_BODY = "INSERT INTO case_bodies (no, body, packed) VALUES (?, '', ?)"
