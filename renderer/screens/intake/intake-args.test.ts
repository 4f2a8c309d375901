import { expect, test } from 'vitest'
import { HELD_POLICIES } from '#shared/domain/demo/held-policies.ts'
import { sampleIntake } from '#shared/domain/demo/sample-intake.ts'
import { err, expectOk, ok } from '#shared/foundation/result.ts'
import { filledForm } from '../../testing/filled-form.ts'
import { askedConsents, contactFields, policyOn } from './asked-consents.ts'
import { formToArgs } from './intake-args.ts'
import { answerConsent, setApplicant } from './intake-edits.ts'
import type { IntakeForm } from './intake-form.ts'

function argsOf(form: IntakeForm) {
  const policy = policyOn(HELD_POLICIES, form.appliedOn)
  return formToArgs({ asked: askedConsents(policy, form.service) ?? [], contacts: contactFields(policy) }, form)
}

test('what was typed is what is handed in', () => {
  expect(argsOf(filledForm())).toEqual(ok(sampleIntake()))
})

test('what no consent carries is left behind', () => {
  const refused = {
    given: false,
    policyVersion: '2024-01-25',
    noticeHash: null,
    answeredAt: '2026-11-23T01:00:00.000Z'
  }
  const form = { ...filledForm(), answers: { 'collect.email': refused, 'collect.contactPhone': refused } }
  expect(argsOf(form)).toMatchObject({ ok: true, value: { applicant: { email: null, contactPhone: null } } })
})

test('a refusal empties the field at once, so that not even the draft keeps it', () => {
  const refused = {
    given: false,
    policyVersion: '2024-01-25',
    noticeHash: null,
    answeredAt: '2026-11-23T01:00:00.000Z'
  }
  const form = answerConsent('collect.email', refused, 'email')(filledForm())
  expect([form.applicant.email, form.applicant.contactPhone]).toEqual(['', '0255512345'])
})

test('a service that knows no helper gets none, and no consent that it does not ask', () => {
  const args = argsOf({ ...filledForm(), service: 'postpartum' })
  expect(args).toMatchObject({ ok: true, value: { helpers: [] } })
})

test('empty income and account are handed in as none', () => {
  const form = setApplicant({
    householdSize: '',
    monthlyWon: '',
    bankCode: '',
    accountNumber: '',
    accountHolder: ' ',
    loginId: ''
  })(filledForm())
  expect(argsOf(form)).toMatchObject({ ok: true, value: { applicant: { income: null, account: null, loginId: null } } })
})

test('a value that fits no schema is named, not sent', () => {
  const form = setApplicant({ building: '1'.repeat(30) })(filledForm())
  expect(argsOf(form)).toEqual(err({ type: 'FormUnreadable', where: ['applicant.address.building'] }))
})

test('a yes for a child under 14 names its legal representative, and says when she was verified', () => {
  const yes = {
    ...{ given: true, policyVersion: '2024-01-25', noticeHash: 'a'.repeat(64) },
    answeredAt: '2026-11-23T01:00:00.000Z'
  }
  const representatives = (guardianConfirmed: boolean) =>
    expectOk(
      argsOf({
        ...filledForm(),
        ...{ service: 'childcare_private', answers: { 'provide.privateChildcareProvider': yes } },
        ...{ guardianCheck: 'written_signed', guardianConfirmed }
      })
    ).consents.map(({ representative }) => representative)
  const guardian = { as: 'legal_representative', check: 'written_signed' }
  expect(representatives(true)).toEqual([{ ...guardian, confirmedAt: yes.answeredAt }])
  expect(representatives(false)).toEqual([{ ...guardian, confirmedAt: null }])
})
