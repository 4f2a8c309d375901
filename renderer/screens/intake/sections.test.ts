import { expect, test } from 'vitest'
import { filledForm } from '../../testing/filled-form.ts'
import type { IntakeIssue } from './intake-issues.ts'
import { requiredFields, sectionOf, sectionStates } from './sections.ts'

test('every field is found in the part of the page where it stands', () => {
  const paths = [
    'service',
    'applicant.name',
    'applicant.accountNumber',
    'applicant.email',
    'answers.x',
    'consentMethod'
  ]
  const rows = ['children.1.name', 'helpers.2.phone', 'household.3.relation']
  expect([...paths, ...rows].map(sectionOf)).toEqual([
    'service',
    'applicant',
    'money',
    'consents',
    'consents',
    'consents',
    'children',
    'helpers',
    'household'
  ])
})

test('what is empty and what is wrong are counted apart', () => {
  const issues = new Map<string, IntakeIssue>([
    ['applicant.name', 'missing'],
    ['applicant.phone', 'phone']
  ])
  expect(sectionStates(issues).applicant).toEqual({ unfilled: 1, wrong: 1 })
})

test('what is needed grows with the people and the consents', () => {
  expect(requiredFields(filledForm(), 2)).toBe(8 + 3 + 4 + 6 + 3)
  expect(requiredFields({ ...filledForm(), children: [], household: [], service: 'taxi' }, 0)).toBe(8)
})
