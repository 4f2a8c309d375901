import { expect, test } from 'vitest'
import { LINE_FAULT_TYPES } from '../line/line-fault.ts'
import { planOf, WEIGHTS } from './plan.ts'
import type { StepType } from './step.ts'

test('a seed gives the same plan again, another seed another one', () => {
  expect(planOf({ seed: 7, rounds: 300 })).toEqual(planOf({ seed: 7, rounds: 300 }))
  expect(planOf({ seed: 7, rounds: 300 })).not.toEqual(planOf({ seed: 8, rounds: 300 }))
})

test('a longer run begins like the shorter one, so that a failing seed may be cut down', () => {
  expect(planOf({ seed: 7, rounds: 300 }).slice(0, 50)).toEqual(planOf({ seed: 7, rounds: 50 }))
})

test('every kind of round and every fault of the line comes, about as often as it weighs', () => {
  const steps = planOf({ seed: 1, rounds: 20_000 })
  const all = Object.values(WEIGHTS).reduce((sum, weight) => sum + weight, 0)
  for (const [type, weight] of Object.entries(WEIGHTS) as Array<[StepType, number]>) {
    const expected = (steps.length * weight) / all
    const came = steps.filter((step) => step.type === type).length
    expect([type, came > expected * 0.6, came < expected * 1.5]).toEqual([type, true, true])
  }
  const faults = new Set(
    steps.flatMap((step) => (step.type === 'line_fault' ? step.faults : [])).map(({ type }) => type)
  )
  expect([...faults].sort()).toEqual([...LINE_FAULT_TYPES].sort())
})
