/**
 * Every personal-information item that a policy version held by this program can name.
 * A test keeps the list equal to the items in `resources/policy/*.json`, so a field of the case schema
 * can only point at an item that some published policy really allows.
 */
export const POLICY_ITEM_IDS = [
  'member.loginId',
  'member.name',
  'member.phone',
  'member.birthDate',
  'member.email',
  'member.householdStatus',
  'manager.affiliation',
  'manager.rank',
  'manager.phone',
  'manager.ipAddress',
  'manager.password',
  'application.applicant.loginId',
  'application.applicant.name',
  'application.applicant.rrn',
  'application.applicant.foreignRegistrationNo',
  'application.applicant.birthDate',
  'application.applicant.sex',
  'application.applicant.phone',
  'application.applicant.address',
  'application.applicant.income',
  'application.applicant.account',
  'application.applicant.contactPhone',
  'application.applicant.email',
  'application.child.name',
  'application.child.rrn',
  'application.child.birthDate',
  'application.child.sex',
  'application.helper.name',
  'application.helper.rrn',
  'application.helper.phone',
  'application.helper.relation',
  'application.household.name',
  'application.household.rrn',
  'application.household.birthDate',
  'application.household.relation'
] as const

export type PolicyItemId = (typeof POLICY_ITEM_IDS)[number]
