import { expect, test } from 'vitest'
import type { Case } from '#shared/domain/case/case.ts'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import { HELD_POLICIES } from '#shared/domain/demo/held-policies.ts'
import type { ConsentRecord } from './consent-record.ts'
import { createConsentTally } from './consent-tally.ts'

const make = createCaseGenerator({ seed: 4, districtCodes: ['11680'], today: '2026-11-20', count: 20 })
const CARE = 'provide.privateChildcareProvider'
const answer = (consentId: string, given: boolean, over: Partial<ConsentRecord> = {}): ConsentRecord => ({
  ...{ consentId, given, policyVersion: '2024-01-25', noticeHash: null, method: 'written', handler: null },
  ...{ answeredAt: '2026-11-16T16:00:00.000Z', representative: null, evidence: '', reason: '', closes: [] },
  ...over
})
const caseWith = (...consents: ConsentRecord[]): Case => {
  const { case: subject } = make(3)
  return {
    ...{ ...subject, service: 'childcare_private', appliedOn: '2026-11-16', applicationNo: '2026-11-0003' },
    ...{ consents, applicant: { ...subject.applicant, email: 'kim@example.kr' } }
  }
}
const tally = (...cases: Case[]) => {
  const { add, result } = createConsentTally(HELD_POLICIES)
  for (const subject of cases) add(subject)
  return result()
}
const GUARDIAN = { as: 'legal_representative', check: 'phone_call', confirmedAt: null } as const
const NONE = { given: 0, refused: 0, withdrawn: 0, unconfirmed: 0, unanswered: 0 }

test('each consent is counted by how its answers stand, a withdrawal apart from a refusal', () => {
  const { cases, counts, closed } = tally(
    caseWith(answer('collect.email', true), answer('collect.email', false, { closes: ['applicant.email'] })),
    caseWith(answer('collect.email', false), answer(CARE, true)),
    caseWith(answer('collect.email', true))
  )
  const asked = { policyVersion: '2024-01-25' }
  expect([cases, closed]).toEqual([3, 1])
  expect(counts).toEqual([
    { consentId: 'collect.contactPhone', ...asked, ...NONE, unanswered: 3 },
    { consentId: 'collect.email', ...asked, ...NONE, given: 1, refused: 1, withdrawn: 1 },
    { consentId: CARE, ...asked, ...NONE, given: 1, unanswered: 2 }
  ])
})

test('a guardian who has not confirmed is listed with the last day for it, the most pressing first', () => {
  const later = answer(CARE, true, { representative: GUARDIAN, answeredAt: '2026-11-19T01:00:00.000Z' })
  const { waiting, counts } = tally(caseWith(later), caseWith(answer(CARE, true, { representative: GUARDIAN })))
  expect(waiting.map(({ applicationNo, answeredOn, confirmBy }) => [applicationNo, answeredOn, confirmBy])).toEqual([
    ['2026-11-0003', '2026-11-17', '2026-11-21'],
    ['2026-11-0003', '2026-11-19', '2026-11-23']
  ])
  expect(counts.find(({ consentId }) => consentId === CARE)?.unconfirmed).toBe(2)
})
