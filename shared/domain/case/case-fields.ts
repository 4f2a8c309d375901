import type { Case, CaseField, VersionedField } from './case.ts'

const APPLICANT_PREFIX = 'applicant.'

export function readField(subject: Partial<Case> & Pick<Case, 'applicant'>, field: VersionedField): unknown {
  return field.startsWith(APPLICANT_PREFIX)
    ? subject.applicant[field.slice(APPLICANT_PREFIX.length) as keyof Case['applicant']]
    : subject[field as keyof Case]
}

/** A copy of the case with one field replaced. The value must have passed the field's schema. */
export function withField(subject: Case, field: CaseField, value: unknown): Case {
  return field.startsWith(APPLICANT_PREFIX)
    ? { ...subject, applicant: { ...subject.applicant, [field.slice(APPLICANT_PREFIX.length)]: value } }
    : { ...subject, [field]: value }
}
