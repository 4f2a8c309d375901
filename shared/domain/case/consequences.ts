import type { VersionedField } from './case-parts.ts'

/**
 * Fields that money, identity or a legal ground hangs on: changing one asks for a reason, and is never merged by itself
 * with somebody else's change of another of them.
 */
export const FIELDS_WITH_CONSEQUENCES: readonly VersionedField[] = [
  'applicant.registrationNo',
  'applicant.account',
  'state'
]

export const hasConsequences = (field: VersionedField): boolean => FIELDS_WITH_CONSEQUENCES.includes(field)
