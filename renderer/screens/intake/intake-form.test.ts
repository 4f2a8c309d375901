import { expect, test } from 'vitest'
import { emptyForm, intakeFormSchema } from './intake-form.ts'

const GANGNAM = { today: '2026-11-23', districtCode: '11680' }

test('a draft comes back exactly as it was typed, right or wrong', () => {
  const form = emptyForm(GANGNAM)
  const typed = {
    ...form,
    service: 'taxi' as const,
    applicant: { ...form.applicant, name: '강소미', registrationNo: '91041' },
    children: [{ key: 3, name: '', registrationNo: '99', birthDate: '', sex: '' as const }],
    answers: {
      'collect.email': {
        ...{ given: false, policyVersion: '2024-01-25', noticeHash: 'a'.repeat(64) },
        answeredAt: '2026-11-23T01:00:00.000Z'
      }
    }
  }
  expect(intakeFormSchema.parse(JSON.parse(JSON.stringify(typed)))).toEqual(typed)
})

test('a draft of an older program opens with the fields it did not know left empty', () => {
  const old = { service: 'gone', applicant: { name: '강소미' } }
  const opened = intakeFormSchema.parse(old)
  expect(opened.applicant).toMatchObject({ name: '강소미', phone: '', road: '' })
  expect(opened).toMatchObject({ service: '', children: [], helpers: [], household: [], answers: {} })
})

test('what is no draft at all is told from one', () => {
  expect(intakeFormSchema.safeParse('text').success).toBe(false)
  expect(intakeFormSchema.safeParse({}).success).toBe(false)
})

test('an empty form begins with today and the road of the own district', () => {
  const form = emptyForm(GANGNAM)
  expect([form.appliedOn, form.applicant.road]).toEqual(['2026-11-23', '서울특별시 강남구 '])
})
