import { expect, test } from 'vitest'
import type { GrantTerms } from './grant.ts'
import { decideGrant, type GrantQuestion, standsOn } from './grant-rules.ts'
import { mayReveal, mayRevealField } from './may-reveal.ts'

const TERMS: GrantTerms = { startsOn: '2026-11-26', endsOn: '2026-12-31', edits: null, reveals: null }
const question: GrantQuestion = {
  byId: 'admin',
  account: { id: 'her', role: 'caseworker', districtCode: '11680' },
  today: '2026-11-26',
  before: null,
  after: TERMS,
  approver: { id: 'lead', role: 'supervisor', districtCode: '11680' }
}
const problem = (over: Partial<GrantQuestion>) => {
  const decided = decideGrant({ ...question, ...over })
  return decided.ok ? null : decided.error.type
}

test('rights stand from their first day to their last', () => {
  expect(['2026-11-25', '2026-11-26', '2026-12-31', '2027-01-01'].map((day) => standsOn(TERMS, day))).toEqual([
    ...[false, true, true, false]
  ])
  expect(standsOn({ ...TERMS, endsOn: null }, '2099-01-01')).toBe(true)
})

test('an approver is another official of the district who may approve; an operator has none', () => {
  expect(problem({})).toBeNull()
  expect(problem({ approver: { id: 'officer', role: 'privacy_officer', districtCode: '11680' } })).toBeNull()
  expect(problem({ byId: null, approver: null })).toBeNull()
  for (const approver of [
    null,
    { id: 'her', role: 'supervisor', districtCode: '11680' } as const,
    { id: 'admin', role: 'supervisor', districtCode: '11680' } as const,
    { id: 'lead', role: 'caseworker', districtCode: '11680' } as const,
    { id: 'lead', role: 'supervisor', districtCode: '11440' } as const
  ]) {
    expect(problem({ approver })).toBe('ApproverNotAllowed')
  }
})

test('what makes no sense is refused: her own, turned, over, nothing, fields of a role that corrects none', () => {
  expect(problem({ byId: 'her' })).toBe('OwnRights')
  expect(problem({ after: { ...TERMS, endsOn: '2026-11-25' } })).toBe('PeriodTurned')
  expect(problem({ after: { ...TERMS, startsOn: '2026-01-01', endsOn: '2026-11-25' } })).toBe('PeriodOver')
  expect(problem({ before: TERMS })).toBe('NothingChanges')
  expect(problem({ before: null, after: null })).toBe('NothingChanges')
  const account = { ...question.account, role: 'privacy_officer' as const }
  expect(problem({ account, after: { ...TERMS, edits: [] } })).toBe('FieldsWithoutUse')
})

test('a masked value is shown where the grant has it; a conflict only where it has all that is masked in the field', () => {
  expect([mayReveal({}, 'applicant.account'), mayReveal({ reveals: [] }, 'applicant.account')]).toEqual([true, false])
  const some = { reveals: ['helper.phone' as const, 'child.registrationNo' as const] }
  expect(mayReveal(some, 'helper.phone')).toBe(true)
  expect([mayRevealField(some, 'children'), mayRevealField(some, 'helpers'), mayRevealField(some, 'state')]).toEqual([
    ...[true, false, true]
  ])
  expect([mayRevealField(some, 'applicant.account'), mayRevealField({}, 'helpers')]).toEqual([false, true])
})
