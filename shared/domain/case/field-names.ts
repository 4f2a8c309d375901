import { z } from 'zod'

/**
 * The parts of a case that are versioned and compared one by one. A list counts as one field: two people who change the
 * household at once are in conflict. Consents are recorded and never rewritten (`shared/commands/consent-rules.ts`).
 */
export const CASE_FIELDS = [
  'dongCode',
  'service',
  'appliedOn',
  'assigneeId',
  'applicant.loginId',
  'applicant.name',
  'applicant.registrationNo',
  'applicant.phone',
  'applicant.address',
  'applicant.income',
  'applicant.account',
  'applicant.email',
  'applicant.contactPhone',
  'children',
  'helpers',
  'household',
  'consents'
] as const
export const caseFieldSchema = z.enum(CASE_FIELDS)
export type CaseField = (typeof CASE_FIELDS)[number]

/** What `base` and `fieldRevs` count besides the correctable fields. */
export const VERSIONED_FIELDS = [...CASE_FIELDS, 'state'] as const
export type VersionedField = (typeof VERSIONED_FIELDS)[number]
