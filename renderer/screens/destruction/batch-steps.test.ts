import { expect, test } from 'vitest'
import type { BatchStep } from '#shared/domain/destruction/destruction-batch.ts'
import { stagesOf } from './batch-steps.ts'

const step = (act: BatchStep['act'], day: number): BatchStep => ({
  act,
  by: null,
  at: `2026-11-0${day}T00:00:00.000Z`,
  reason: ''
})
const standings = (...args: Parameters<typeof stagesOf>) => stagesOf(...args).map(({ standing }) => standing)

test('a batch that was reviewed stands at its review until its author asks for the approval', () => {
  const steps = [step('plan', 1), step('submit', 2), step('review', 3)]
  expect(standings('reviewed', steps)).toEqual(['done', 'now', 'ahead', 'ahead', 'ahead', 'ahead', 'ahead'])
})

test('one that was sent back begins anew, and what it had reached counts no more', () => {
  const steps = [step('plan', 1), step('submit', 2), step('review', 3), step('request', 4), step('return', 5)]
  expect(stagesOf('selecting', steps).map(({ reachedAt }) => reachedAt)).toEqual([
    '2026-11-01T00:00:00.000Z',
    ...[null, null, null, null, null, null]
  ])
})

test('one that was called off stands nowhere, with what it had reached', () => {
  const steps = [step('plan', 1), step('submit', 2), step('abort', 3)]
  expect(standings('aborted', steps)).toEqual(['done', 'done', 'ahead', 'ahead', 'ahead', 'ahead', 'ahead'])
})

test('one that is completed has all its stages behind it', () => {
  expect(new Set(standings('completed', [step('plan', 1)]))).toEqual(new Set(['done']))
})
