import type { z } from 'zod'
import {
  addressSchema,
  applicantSchema,
  bankAccountSchema,
  type Case,
  type CaseField,
  caseSchema,
  incomeSchema
} from './case.ts'

/** The schema of the value that each field of a case holds. */
export const CASE_FIELD_SCHEMAS = {
  dongCode: caseSchema.shape.dongCode,
  service: caseSchema.shape.service,
  appliedOn: caseSchema.shape.appliedOn,
  assigneeId: caseSchema.shape.assigneeId,
  'applicant.loginId': applicantSchema.shape.loginId,
  'applicant.name': applicantSchema.shape.name,
  'applicant.registrationNo': applicantSchema.shape.registrationNo,
  'applicant.phone': applicantSchema.shape.phone,
  'applicant.address': addressSchema,
  'applicant.income': incomeSchema.nullable(),
  'applicant.account': bankAccountSchema.nullable(),
  'applicant.email': applicantSchema.shape.email,
  'applicant.contactPhone': applicantSchema.shape.contactPhone,
  children: caseSchema.shape.children,
  helpers: caseSchema.shape.helpers,
  household: caseSchema.shape.household,
  consents: caseSchema.shape.consents
} as const satisfies Record<CaseField, z.ZodType>

const APPLICANT_PREFIX = 'applicant.'

export function readField(subject: Partial<Case> & Pick<Case, 'applicant'>, field: CaseField): unknown {
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
