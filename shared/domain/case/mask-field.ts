import type { Case, CaseField } from './case.ts'
import { CASE_FIELD_SCHEMAS } from './case-field-schemas.ts'
import { maskAccount, maskAddress, maskHelper, maskRrn, withMaskedNumber } from './masking.ts'

const FIELD_MASKS: Partial<Record<CaseField, (value: never) => unknown>> = {
  'applicant.registrationNo': maskRrn,
  'applicant.address': maskAddress,
  'applicant.account': maskAccount,
  children: (children: Case['children']) => children.map(withMaskedNumber),
  helpers: (helpers: Case['helpers']) => helpers.map(maskHelper),
  household: (household: Case['household']) => household.map(withMaskedNumber)
}

/** The value of one field as the opened case shows it. One that does not fit the field is not shown at all. */
export function maskField(field: CaseField, value: unknown): unknown {
  const parsed = CASE_FIELD_SCHEMAS[field].safeParse(value)
  if (!parsed.success || parsed.data === null) return null
  const mask = FIELD_MASKS[field]
  return mask === undefined ? parsed.data : mask(parsed.data as never)
}
