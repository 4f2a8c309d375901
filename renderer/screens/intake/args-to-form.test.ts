import { expect, test } from 'vitest'
import { registerCaseSchema } from '#shared/commands/register-case.ts'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import { HELD_POLICIES } from '#shared/domain/demo/held-policies.ts'
import { sampleIntake } from '#shared/domain/demo/sample-intake.ts'
import { expectOk } from '#shared/foundation/result.ts'
import { argsToForm } from './args-to-form.ts'
import { askedConsents, contactFields, policyOn } from './asked-consents.ts'
import { formToArgs } from './intake-args.ts'

const REFUSAL = { type: 'DateInFuture' } as const

const depsOf = (appliedOn: string, service: Parameters<typeof askedConsents>[1]) => {
  const policy = policyOn(HELD_POLICIES, appliedOn)
  return { asked: askedConsents(policy, service) ?? [], contacts: contactFields(policy) }
}

test('an intake that was refused opens with everything that was in it: handing it in again sends the same', () => {
  const make = createCaseGenerator({ seed: 7, today: '2026-11-23', count: 400 })
  for (let index = 0; index < 400; index += 1) {
    const made = make(index).case
    // Who took the answers is the rule's to say.
    const consents = made.consents.map((answer) => ({ ...answer, handler: null }))
    const args = registerCaseSchema.parse({ ...made, consents })
    const form = argsToForm(args, REFUSAL)
    expect(expectOk(formToArgs(depsOf(args.appliedOn, args.service), form))).toEqual(args)
  }
})

test('why it was refused stays with the form', () => {
  expect(argsToForm(sampleIntake(), REFUSAL).refusal).toEqual(REFUSAL)
})

test('what this program cannot read of an intake is empty, and the rest is there', () => {
  const { applicant, ...rest } = sampleIntake()
  const odd = {
    ...rest,
    service: 'unknown',
    applicant: { ...applicant, address: 'one line', income: null },
    children: 3
  }
  const form = argsToForm(odd, REFUSAL)
  expect(form).toMatchObject({ service: '', children: [], dongCode: rest.dongCode })
  expect(form.applicant).toMatchObject({ name: applicant.name, road: '', householdSize: '' })
  expect(argsToForm(null, REFUSAL).applicant.name).toBe('')
})
