import type { CaseRecord, VersionedField } from './case.ts'
import { readField } from './case-fields.ts'
import type { StandingValue } from './conflict.ts'

/** The revision at which a field last changed. */
export const fieldRev = (record: Pick<CaseRecord, 'fieldRevs'>, field: VersionedField): number =>
  record.fieldRevs[field] ?? 1

/** What a field holds, with who set it and when: by a correction, by the intake, or not known any more. */
export function standingValue(record: CaseRecord, field: VersionedField): StandingValue {
  const { history, edits } = record.case
  const value = readField(record.case, field)
  const intake = fieldRev(record, field) === 1 ? history[0] : undefined
  const step = field === 'state' ? history.at(-1) : edits.findLast(({ fields }) => fields.includes(field))
  const { by, at, reason } = step ?? intake ?? { by: null, at: null, reason: '' }
  return { value, by, at, reason }
}
