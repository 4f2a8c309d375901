import { expect, test } from 'vitest'
import { spanOf } from './elapsed.ts'

test('a stretch of time is told in the largest unit that still says something', () => {
  const [minute, hour, day] = [60_000, 3_600_000, 86_400_000]
  expect([0, 59_999, minute, -hour + 1, hour, 47 * hour, 2 * day, -9.9 * day].map(spanOf)).toEqual([
    { unit: 'now' },
    { unit: 'now' },
    { unit: 'minutes', n: 1 },
    { unit: 'minutes', n: 59 },
    { unit: 'hours', n: 1 },
    { unit: 'hours', n: 47 },
    { unit: 'days', n: 2 },
    { unit: 'days', n: 9 }
  ])
})
