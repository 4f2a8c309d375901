import { expect, test } from 'vitest'
import { CASE_STATES, type CaseState, canMove, nextStates, owesNotice } from './case-state.ts'

function reachableFrom(start: CaseState): Set<CaseState> {
  const seen = new Set<CaseState>([start])
  for (const state of seen) for (const next of nextStates(state)) seen.add(next)
  return seen
}

test('every state can be reached from 접수', () => {
  expect([...reachableFrom('received')].sort()).toEqual([...CASE_STATES].sort())
})

test('every case can be brought to its end from wherever it stands', () => {
  expect(CASE_STATES.filter((state) => !reachableFrom(state).has('closed'))).toEqual([])
})

test('no state leads to itself and none is left without a way on', () => {
  expect(CASE_STATES.filter((state) => canMove(state, state) || nextStates(state).length === 0)).toEqual([])
})

test('a decision is notified before anything is paid', () => {
  const withoutNotice = new Set<CaseState>(['received'])
  for (const state of withoutNotice) {
    for (const next of nextStates(state)) if (next !== 'notified' && next !== 'closed') withoutNotice.add(next)
  }
  expect([...withoutNotice].filter((state) => ['payment_pending', 'paid', 'clawback'].includes(state))).toEqual([])
})

test('nothing is owed any more once the citizen has the notice, or the case has left the office', () => {
  const settled: CaseState[] = ['notified', 'transferred', 'withdrawn', 'closed', 'paid', 'payment_pending']
  expect(settled.filter(owesNotice)).toEqual([])
})
