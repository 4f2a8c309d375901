import { expect, test } from 'vitest'
import { comingMonths } from './coming-months.ts'

test('every month of the next ones is there, over the turn of the year, with none where none is due', () => {
  const months = [
    { month: '2026-12', cases: 3 },
    { month: '2027-02', cases: 7 },
    { month: '2029-01', cases: 9 }
  ]
  expect(comingMonths(months, '2026-11-26', 4)).toEqual([
    { month: '2026-11', cases: 0 },
    { month: '2026-12', cases: 3 },
    { month: '2027-01', cases: 0 },
    { month: '2027-02', cases: 7 }
  ])
  expect(comingMonths([], '2026-11-26', 24).at(-1)).toEqual({ month: '2028-10', cases: 0 })
})
