import { z } from 'zod'
import { consentRecordSchema, MOST_CONSENTS } from '#shared/domain/consent/consent-record.ts'
import { dateSchema, dongCodeSchema, uuidSchema } from '#shared/foundation/primitives.ts'
import {
  addressSchema,
  applicantSchema,
  bankAccountSchema,
  type CaseField,
  childSchema,
  helperSchema,
  householdMemberSchema,
  incomeSchema,
  type VersionedField
} from './case-parts.ts'
import { caseStateSchema } from './case-state.ts'
import { administrative } from './held.ts'
import { serviceCodeSchema } from './service.ts'

/** The schema of the value that each field of a case holds. */
export const CASE_FIELD_SCHEMAS = {
  dongCode: administrative('the office in charge', dongCodeSchema),
  service: administrative('what is applied for', serviceCodeSchema),
  appliedOn: administrative('workflow', dateSchema),
  assigneeId: administrative('the id of a staff account', uuidSchema.nullable()),
  'applicant.loginId': applicantSchema.shape.loginId,
  'applicant.name': applicantSchema.shape.name,
  'applicant.registrationNo': applicantSchema.shape.registrationNo,
  'applicant.phone': applicantSchema.shape.phone,
  'applicant.address': addressSchema,
  'applicant.income': incomeSchema.nullable(),
  'applicant.account': bankAccountSchema.nullable(),
  'applicant.email': applicantSchema.shape.email,
  'applicant.contactPhone': applicantSchema.shape.contactPhone,
  children: z.array(childSchema).max(10),
  helpers: z.array(helperSchema).max(4),
  household: z.array(householdMemberSchema).max(20),
  consents: z.array(consentRecordSchema).max(MOST_CONSENTS)
} as const satisfies Record<CaseField, z.ZodType>

/** The same with the state, which is moved and not corrected. */
export const VERSIONED_FIELD_SCHEMAS = {
  ...CASE_FIELD_SCHEMAS,
  state: administrative('workflow', caseStateSchema)
} as const satisfies Record<VersionedField, z.ZodType>
