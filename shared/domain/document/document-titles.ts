import type { PolicyItemId } from '#shared/domain/policy/policy-item-id.ts'

/**
 * 서류명: the papers that may be kept with an application, by a fixed list, so that a title holds nothing of a person.
 * A paper is held under the items of the policy that it proves. What shows other items (신분증의 사진, 진단서와
 * 임신사실확인서의 건강 정보) is looked at and given back: no item of the register allows keeping it.
 */
export const TITLE_ITEMS = {
  application_form: ['application.applicant.name', 'application.applicant.rrn', 'application.applicant.phone'],
  consent_form: ['application.applicant.name'],
  resident_register: [
    'application.applicant.address',
    'application.household.name',
    'application.household.rrn',
    'application.household.relation'
  ],
  family_register: ['application.household.name', 'application.household.rrn', 'application.household.relation'],
  birth_certificate: ['application.child.name', 'application.child.birthDate', 'application.child.sex'],
  helper_relation: ['application.helper.name', 'application.helper.rrn', 'application.helper.relation'],
  bankbook: ['application.applicant.account'],
  insurance_payment: ['application.applicant.income'],
  income_proof: ['application.applicant.income'],
  benefit_decision: ['application.applicant.income'],
  lease_contract: ['application.applicant.address']
} as const satisfies Record<string, readonly [PolicyItemId, ...PolicyItemId[]]>

export type DocumentTitle = keyof typeof TITLE_ITEMS
export const DOCUMENT_TITLES = Object.keys(TITLE_ITEMS) as [DocumentTitle, ...DocumentTitle[]]
