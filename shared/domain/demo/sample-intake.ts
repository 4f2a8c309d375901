import type { Case } from '#shared/domain/case/case.ts'
import { HELD_POLICIES } from './held-policies.ts'

/** The part of a case that an intake gives. */
export type SampleIntake = Pick<
  Case,
  'dongCode' | 'service' | 'appliedOn' | 'applicant' | 'children' | 'helpers' | 'household' | 'consents'
>

const answer = (consentId: string, given: boolean): Case['consents'][number] => ({
  consentId,
  policyVersion: '2024-01-25',
  given,
  method: 'written',
  answeredAt: '2026-11-20T01:00:00.000Z',
  noticeHash: HELD_POLICIES[0]?.consents.find(({ id }) => id === consentId)?.noticeHash ?? null,
  representative: null,
  handler: null,
  evidence: '',
  reason: '',
  closes: []
})

/**
 * An application in 강남구 that every rule accepts on 2026-11-20 or later, with a helper, a household, an account and
 * both optional items. Invented, like its people: tests change the part that they are about.
 */
export const sampleIntake = (): SampleIntake => ({
  dongCode: '1168064000',
  service: 'childcare_kin',
  appliedOn: '2026-11-20',
  applicant: {
    loginId: 'somi.kang',
    name: '강소미',
    registrationNo: '9104122345675',
    phone: '01023456789',
    address: {
      postcode: '06234',
      road: '서울특별시 강남구 테헤란로',
      building: '125-3',
      detail: '2동 803호',
      extra: '역삼동, 늘봄아파트'
    },
    income: { householdSize: 4, monthlyWon: 5_200_000 },
    account: { bankCode: '088', number: '110234567890', holder: '강소미' },
    email: 'somi.kang@example.kr',
    contactPhone: '0255512345'
  },
  children: [{ name: '한지안', registrationNo: '2406154726183', birthDate: '2024-06-15', sex: 'female' }],
  helpers: [{ name: '문영자', registrationNo: '5803092134567', phone: '01098765432', relation: 'grandparent' }],
  household: [
    { name: '한도윤', registrationNo: '8911051023451', birthDate: '1989-11-05', relation: 'spouse' },
    { name: '한지안', registrationNo: '2406154726183', birthDate: '2024-06-15', relation: 'child' }
  ],
  consents: [answer('collect.contactPhone', true), answer('collect.email', true)]
})
