import { expect, test } from 'vitest'
import { HELD_POLICIES } from '#shared/domain/demo/held-policies.ts'
import { filledForm } from '../../testing/filled-form.ts'
import { askedConsents, contactFields, policyOn } from './asked-consents.ts'
import { setApplicant, setChild } from './intake-edits.ts'
import { emptyForm, type IntakeForm } from './intake-form.ts'
import { intakeIssues } from './intake-issues.ts'

function issuesOf(form: IntakeForm): Record<string, string> {
  const policy = policyOn(HELD_POLICIES, form.appliedOn)
  const deps = {
    today: '2026-11-23',
    districtCode: '11680',
    asked: askedConsents(policy, form.service),
    contacts: contactFields(policy)
  }
  return Object.fromEntries(intakeIssues(deps, form))
}

test('a whole application has no issue', () => {
  expect(issuesOf(filledForm())).toEqual({})
})

test('an empty form names what has to be filled in, in the order of the page', () => {
  expect(Object.entries(issuesOf(emptyForm({ today: '2026-11-23', districtCode: '11680' })))).toEqual([
    ['service', 'chosenNone'],
    ['dongCode', 'chosenNone'],
    ['applicant.name', 'missing'],
    ['applicant.registrationNo', 'missing'],
    ['applicant.phone', 'missing'],
    ['applicant.postcode', 'missing'],
    ['applicant.road', 'missing']
  ])
})

test.each([
  ['9104', 'rrnLength'],
  ['9113122345675', 'rrnDate'],
  ['2701013345675', 'birthInFuture']
])('registration number %s is not taken: %s', (registrationNo, issue) => {
  expect(issuesOf(setApplicant({ registrationNo })(filledForm()))).toEqual({ 'applicant.registrationNo': issue })
})

test('a number whose check digit does not fit is taken', () => {
  expect(issuesOf(setApplicant({ registrationNo: '9104122345671' })(filledForm()))).toEqual({})
})

test('a child without a number needs birth date and sex', () => {
  const form = filledForm()
  const unborn = { ...form, children: [{ key: 7, name: '한봄', registrationNo: '', birthDate: '', sex: '' as const }] }
  expect(issuesOf(unborn)).toEqual({ 'children.7.birthDate': 'dayMissing', 'children.7.sex': 'chosenNone' })
  expect(issuesOf(setChild(7, { birthDate: '2026-11-24', sex: 'female' })(unborn))).toEqual({
    'children.7.birthDate': 'birthInFuture'
  })
  expect(issuesOf(setChild(7, { birthDate: '2026-11-20', sex: 'female' })(unborn))).toEqual({})
})

test('two people cannot have one number, but a child may stand in the household too', () => {
  const form = filledForm()
  const twin = {
    key: 9,
    name: '한누리',
    registrationNo: '2406154726183',
    birthDate: '2024-06-15',
    sex: 'female' as const
  }
  expect(issuesOf({ ...form, children: [...form.children, twin] })).toEqual({
    'children.9.registrationNo': 'registrationNoTwice'
  })
})

test('helpers are looked at only where the service knows them', () => {
  const bare = { key: 0, name: '', registrationNo: '', phone: '', relation: '' as const }
  expect(issuesOf({ ...filledForm(), service: 'taxi', helpers: [bare] })).toEqual({})
  expect(Object.keys(issuesOf({ ...filledForm(), helpers: [bare] }))).toEqual([
    'helpers.0.name',
    'helpers.0.registrationNo',
    'helpers.0.phone',
    'helpers.0.relation'
  ])
})

test('income and account may be left out, but not half filled in', () => {
  const none = setApplicant({
    householdSize: '',
    monthlyWon: '',
    bankCode: '',
    accountNumber: '',
    accountHolder: ''
  })(filledForm())
  expect(issuesOf(none)).toEqual({})
  expect(issuesOf(setApplicant({ bankCode: '088', monthlyWon: '100' })(none))).toEqual({
    'applicant.householdSize': 'incomeIncomplete',
    'applicant.accountNumber': 'accountIncomplete',
    'applicant.accountHolder': 'accountIncomplete'
  })
})

test('every consent of the service wants an answer, and none of them a yes', () => {
  const form: IntakeForm = { ...filledForm(), service: 'meal_coupon', answers: {} }
  expect(issuesOf(form)).toEqual({
    'answers.collect.contactPhone': 'unanswered',
    'answers.collect.email': 'unanswered',
    'answers.provide.bgfRetail': 'unanswered',
    'answers.provide.oasisMarket': 'unanswered'
  })
  const no = { given: false, policyVersion: '2024-01-25', noticeHash: null, answeredAt: '2026-11-23T01:00:00.000Z' }
  const ids = ['collect.contactPhone', 'collect.email', 'provide.bgfRetail', 'provide.oasisMarket']
  expect(issuesOf({ ...form, answers: Object.fromEntries(ids.map((id) => [id, no])) })).toEqual({})
})

test('an e-mail address is looked at only when the consent to it was given', () => {
  const form = setApplicant({ email: 'nowhere' })(filledForm())
  expect(issuesOf(form)).toEqual({ 'applicant.email': 'email' })
  const refused = {
    given: false,
    policyVersion: '2024-01-25',
    noticeHash: null,
    answeredAt: '2026-11-23T01:00:00.000Z'
  }
  expect(issuesOf({ ...form, answers: { ...form.answers, 'collect.email': refused } })).toEqual({})
})

test('a day before the first policy held cannot be judged', () => {
  expect(issuesOf({ ...filledForm(), appliedOn: '2024-01-10' })).toEqual({ appliedOn: 'noPolicy' })
})

test('a dong of another district is not taken', () => {
  expect(issuesOf({ ...filledForm(), dongCode: '1144055500' })).toEqual({ dongCode: 'dongNotInDistrict' })
})

test('a yes for a child under 14 asks how its legal representative was verified', () => {
  const yes = { given: true, policyVersion: '2024-01-25', noticeHash: null, answeredAt: '2026-11-23T01:00:00.000Z' }
  const form: IntakeForm = {
    ...{ ...filledForm(), service: 'childcare_private' },
    answers: { ...filledForm().answers, 'provide.privateChildcareProvider': yes }
  }
  expect(issuesOf(form)).toEqual({ guardianCheck: 'chosenNone' })
  expect(issuesOf({ ...form, guardianCheck: 'phone_call' })).toEqual({})
})
