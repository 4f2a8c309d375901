import { expect, test } from 'vitest'
import type { StateStep } from './case.ts'
import { CASE_STATES, owesNotice } from './case-state.ts'
import { dueOnOf, dueRuleFor } from './due-rules.ts'
import { SERVICE_CODES } from './service.ts'

const step = (state: StateStep['state'], at: string): StateStep => ({
  state,
  at,
  by: '01935a00-0000-7000-8000-00000000000a',
  reason: ''
})

test.each(SERVICE_CODES)('the notice on %s is due 30 days after the application, past a Sunday', (service) => {
  expect(dueOnOf({ service, state: 'received', appliedOn: '2026-11-20', history: [] })).toBe('2026-12-21')
})

test('the ordinance on the transport benefit is the rule for it, the act for everything else', () => {
  expect(dueRuleFor('pregnancy_transport', 'application', '2026-11-20')?.law).toContain('조례')
  expect(dueRuleFor('housing', 'application', '2026-11-20')?.law).toContain('제9조')
})

test('no rule holds before the acts were in force, so no date is made up', () => {
  expect(dueRuleFor('housing', 'application', '2010-01-01')).toBeUndefined()
  expect(dueOnOf({ service: 'housing', state: 'received', appliedOn: '2010-01-01', history: [] })).toBeNull()
})

test('a date is due exactly in the states that owe a notice', () => {
  const due = CASE_STATES.filter(
    (state) => dueOnOf({ service: 'taxi', state, appliedOn: '2026-11-20', history: [] }) !== null
  )
  expect(due).toEqual(CASE_STATES.filter(owesNotice))
})

test('an objection is decided within ten days of its day in Korea, also while the case is looked into again', () => {
  const history = [
    step('received', '2026-09-01T01:00:00.000Z'),
    step('notified', '2026-09-20T01:00:00.000Z'),
    step('appealed', '2026-11-22T16:00:00.000Z')
  ]
  const facts = { service: 'housework' as const, appliedOn: '2026-09-01' }
  expect(dueOnOf({ ...facts, state: 'appealed', history })).toBe('2026-12-03')
  const again = [...history, step('investigating', '2026-11-24T01:00:00.000Z')]
  expect(dueOnOf({ ...facts, state: 'investigating', history: again })).toBe('2026-12-03')
})
