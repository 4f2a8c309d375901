import { expect, test } from 'vitest'
import { sampleIntake } from '#shared/domain/demo/sample-intake.ts'
import { type RefusedCorrection, refusedCorrectionSchema } from '#shared/ipc/refused-draft.ts'
import { phoneText } from '../../case-display/masked-texts.ts'
import { applicantChanges, applicantForm, withRefusedApplicant } from './applicant-form.ts'
import { correctionBodySchema } from './correction-body.ts'
import { peopleValue, refusedPeopleForm } from './people-form.ts'

const REFUSAL = { type: 'RoleNotAllowed' } as const
const body = (changes: RefusedCorrection['changes']): RefusedCorrection => ({
  block: 'applicant',
  reason: '신청인 확인',
  refusal: REFUSAL,
  changes
})
/** As the store writes it down and gives it back. */
const stored = (one: RefusedCorrection): unknown => JSON.parse(JSON.stringify(refusedCorrectionSchema.parse(one)))

test('what the store makes of a refused change is what the case takes up', () => {
  const changes = [{ field: 'applicant.phone' as const, value: '01022223333' }]
  expect(correctionBodySchema.parse(stored(body(changes)))).toEqual({
    ...body(changes),
    form: null,
    opened: null,
    seen: null
  })
})

test('what a form has written over it is read as well, with why it was refused', () => {
  const written = { block: 'children', reason: '', form: [], refusal: REFUSAL }
  expect(correctionBodySchema.parse(written)).toMatchObject({ ...written, changes: null })
  expect(correctionBodySchema.parse({ block: 'children', form: [] })).toMatchObject({ refusal: null, changes: null })
})

test('refused values of the applicant come into the form whole: saving sends the same', () => {
  const { applicant } = sampleIntake()
  const changes = [
    { field: 'applicant.phone' as const, value: '01022223333' },
    { field: 'applicant.registrationNo' as const, value: '9104122345675' },
    { field: 'applicant.address' as const, value: { ...applicant.address, detail: '3동 101호' } },
    { field: 'applicant.account' as const, value: null },
    { field: 'applicant.income' as const, value: { householdSize: 2, monthlyWon: 1_000_000 } },
    { field: 'applicant.email' as const, value: null }
  ]
  const form = withRefusedApplicant(applicantForm(applicant, phoneText), changes, phoneText)
  const sent = applicantChanges(form, applicant)
  expect(sent.problems).toEqual({})
  expect(new Map(sent.changes.map(({ field, value }) => [field, value]))).toEqual(
    new Map(changes.map(({ field, value }) => [field, value]))
  )
})

test.each(['children', 'helpers', 'household'] as const)('a refused list of %s comes into the form whole', (kind) => {
  const list = sampleIntake()[kind]
  expect(peopleValue(kind, refusedPeopleForm(kind, list) ?? [])).toEqual(list)
  expect(refusedPeopleForm(kind, 'nothing of the kind')).toBeNull()
})
