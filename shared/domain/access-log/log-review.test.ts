import { expect, test } from 'vitest'
import { beginOfMonth, monthAfter, monthsToReview } from './log-review.ts'

test('each month that is over since the first line is looked through, by days of Korea', () => {
  expect(monthsToReview('2026-09-30T14:59:59.999Z', '2026-11-30T15:00:00.000Z')).toEqual([
    '2026-11',
    '2026-10',
    '2026-09'
  ])
  expect(monthsToReview('2026-09-30T15:00:00.000Z', '2026-11-30T14:59:59.999Z')).toEqual(['2026-10'])
  expect(monthsToReview('2026-11-02T00:00:00.000Z', '2026-11-23T00:00:00.000Z')).toEqual([])
  expect(monthsToReview('2020-01-01T00:00:00.000Z', '2026-01-05T00:00:00.000Z')).toHaveLength(24)
})

test('months follow each other over the year, and begin at midnight in Korea', () => {
  expect([monthAfter('2026-12'), monthAfter('2026-01', -1)]).toEqual(['2027-01', '2025-12'])
  expect(beginOfMonth('2026-11')).toBe('2026-10-31T15:00:00.000Z')
})
