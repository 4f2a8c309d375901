import { expect, test } from 'vitest'
import { hoursOf, isTerm, MOST_HOURS } from './lease-hours.ts'

test('only hours that the centre takes can be saved', () => {
  expect(['1', '168', String(MOST_HOURS)].map(isTerm)).toEqual([true, true, true])
  expect(['', '0', String(MOST_HOURS + 1), 'x'].map(isTerm)).toEqual([false, false, false, false])
})

test('hours are told in days', () => {
  expect([168, 170, 5].map(hoursOf)).toEqual([
    { days: 7, hours: 0 },
    { days: 7, hours: 2 },
    { days: 0, hours: 5 }
  ])
})
