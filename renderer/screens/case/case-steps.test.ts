import { expect, test } from 'vitest'
import { CASE_STATES, canMove } from '#shared/domain/case/case-state.ts'
import { caseSteps, usualNext } from './case-steps.ts'

test('the first button always leads to a state that may follow', () => {
  const impossible = CASE_STATES.filter((state) => {
    const next = usualNext(state)
    return next !== null && !canMove(state, next)
  })
  expect(impossible).toEqual([])
})

test('the stages show what is behind, the present one and the way on', () => {
  const at = '2026-11-16T01:00:00.000Z'
  const history = [
    { state: 'received' as const, at },
    { state: 'supplement' as const, at },
    { state: 'awaiting_decision' as const, at }
  ]
  expect(caseSteps(history, 'awaiting_decision')).toEqual([
    { state: 'received', at, stage: 'done' },
    { state: 'supplement', at, stage: 'done' },
    { state: 'awaiting_decision', at, stage: 'now' },
    { state: 'eligible', at: null, stage: 'ahead' },
    { state: 'notified', at: null, stage: 'ahead' },
    { state: 'paid', at: null, stage: 'ahead' },
    { state: 'closed', at: null, stage: 'ahead' }
  ])
})

test('a closed case has no stage ahead', () => {
  expect(caseSteps([], 'closed')).toEqual([{ state: 'closed', at: null, stage: 'now' }])
})

test('a long way is shortened at its beginning', () => {
  const at = '2026-11-16T01:00:00.000Z'
  const history = Array.from({ length: 20 }, () => ({ state: 'investigating' as const, at }))
  expect(caseSteps(history, 'investigating')).toHaveLength(8)
  expect(caseSteps(history, 'closed')).toHaveLength(8)
})
