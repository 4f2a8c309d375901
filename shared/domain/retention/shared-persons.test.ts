import { expect, test } from 'vitest'
import { stayingPersons } from './shared-persons.ts'

const subject = { caseId: 'a', keys: ['grandmother', 'mother', 'mother'], keptUntil: '2029-12-31' }
const other = (caseId: string, keys: string[], keptUntil: string | null) => ({ caseId, keys, keptUntil })

test('a helper of other families stays there, until the last of their cases goes', () => {
  const others = [
    subject,
    other('b', ['grandmother', 'aunt'], '2031-12-31'),
    other('c', ['grandmother'], '2030-12-31'),
    other('d', ['aunt'], null)
  ]
  expect(stayingPersons(subject, others)).toEqual([{ key: 'grandmother', caseIds: ['b', 'c'], until: '2031-12-31' }])
})

test('a person in a case without an end has none', () => {
  const others = [other('b', ['mother'], null), other('c', ['mother'], '2030-12-31')]
  expect(stayingPersons(subject, others)).toEqual([{ key: 'mother', caseIds: ['b', 'c'], until: null }])
  expect(stayingPersons(subject, [...others].reverse())).toMatchObject([{ until: null }])
})

test('nobody stays when no other case knows her', () => {
  expect(stayingPersons(subject, [subject])).toEqual([])
})
