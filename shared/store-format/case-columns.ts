import type { Case } from '#shared/domain/case/case.ts'
import { packSearchable, searchableOf } from '#shared/domain/search/searchable.ts'
import type { SqlValue } from './sql.ts'
import { uuidToBlob } from './uuid-blob.ts'

/** What list and search keep of a case beside its body. */
export interface ListedCase
  extends Pick<Case, 'id' | 'applicationNo' | 'service' | 'dongCode' | 'state' | 'appliedOn' | 'dueOn' | 'assigneeId'> {
  readonly applicantName: string
  /** As `packSearchable` writes it. */
  readonly searchable: string
  /** How many are open. */
  readonly conflicts: number
}

/** `searchable`: where it is packed already. */
export const listedCase = (subject: Case, searchable = packSearchable(searchableOf(subject))): ListedCase => ({
  id: subject.id,
  applicationNo: subject.applicationNo,
  applicantName: subject.applicant.name,
  service: subject.service,
  dongCode: subject.dongCode,
  state: subject.state,
  appliedOn: subject.appliedOn,
  dueOn: subject.dueOn,
  assigneeId: subject.assigneeId,
  searchable,
  conflicts: subject.conflicts.length
})

/** The narrow row of a case, as `INSERT_CASE` writes it behind `no` and `id`. */
export const CASE_COLUMNS =
  'application_no, applicant_name, service, dong_code, state, applied_on, due_on, waiting, searchable, conflicts'

/** Values for `INSERT_CASE`. */
export function caseToRow(no: number, listed: ListedCase, { waiting }: { waiting: boolean }) {
  return [
    no,
    uuidToBlob(listed.id),
    listed.applicationNo,
    listed.applicantName,
    listed.service,
    listed.dongCode,
    listed.state,
    listed.appliedOn,
    listed.dueOn,
    waiting ? 1 : 0,
    listed.searchable,
    listed.conflicts
  ] satisfies SqlValue[]
}

export const INSERT_CASE = `INSERT INTO cases (no, id, ${CASE_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
export const INSERT_BODY = "INSERT INTO case_bodies (no, body, packed) VALUES (?, '', ?)"
