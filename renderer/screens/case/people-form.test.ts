import { expect, test } from 'vitest'
import type { Case } from '#shared/domain/case/case.ts'
import { emptyPerson, hiddenValues, peopleForm, peopleValue, personProblems, withNumberRead } from './people-form.ts'

const subject = {
  children: [
    { name: '김하늘', registrationNo: '240823-4******', birthDate: '2024-08-23', sex: 'female' },
    { name: '김바다', registrationNo: null, birthDate: '2026-10-30', sex: 'male' }
  ],
  helpers: [{ name: '박영순', registrationNo: '580101-2******', phone: '010-****-7788', relation: 'grandparent' }],
  household: []
} as unknown as Case

test('a correction asks to see exactly what is hidden in the list', () => {
  expect(hiddenValues('children', subject)).toEqual([{ field: 'child.registrationNo', index: 0 }])
  expect(hiddenValues('helpers', subject)).toEqual([
    { field: 'helper.registrationNo', index: 0 },
    { field: 'helper.phone', index: 0 }
  ])
  expect(hiddenValues('household', subject)).toEqual([])
})

test('a list that was opened and saved comes back whole and in clear', () => {
  const clear = (field: string) => (field === 'helper.phone' ? '010-1234-7788' : '240823-4123456')
  expect(peopleValue('children', peopleForm('children', subject, clear))).toEqual([
    { name: '김하늘', registrationNo: '2408234123456', birthDate: '2024-08-23', sex: 'female' },
    { name: '김바다', registrationNo: null, birthDate: '2026-10-30', sex: 'male' }
  ])
  expect(peopleValue('helpers', peopleForm('helpers', subject, clear))).toEqual([
    { name: '박영순', registrationNo: '2408234123456', phone: '01012347788', relation: 'grandparent' }
  ])
})

test('the registration number fills in birth date and sex', () => {
  const typed = { ...emptyPerson(1), registrationNo: '240823-4123456' }
  expect(withNumberRead(typed, 'children')).toMatchObject({ birthDate: '2024-08-23', sex: 'female' })
  expect(withNumberRead({ ...typed, birthDate: '2024-08-22' }, 'children').birthDate).toBe('2024-08-22')
})

test('what is missing of a person is told', () => {
  expect(personProblems('children', emptyPerson(1))).toEqual({
    name: 'nameMissing',
    birthDate: 'birthMissing',
    sex: 'choiceMissing'
  })
  expect(personProblems('helpers', emptyPerson(1))).toEqual({
    name: 'nameMissing',
    registrationNo: 'rrnLength',
    relation: 'choiceMissing',
    phone: 'phone'
  })
})
