import fc from 'fast-check'
import { expect, test } from 'vitest'
import { monthsBetween, yearsBetween } from './age.ts'

test.each([
  ['2024-06-15', '2024-06-15', 0],
  ['2024-06-15', '2024-07-14', 0],
  ['2024-06-15', '2024-07-15', 1],
  ['2024-01-31', '2024-02-29', 0],
  ['2024-01-31', '2024-03-01', 1],
  ['2024-02-29', '2025-02-28', 11],
  ['2024-02-29', '2025-03-01', 12],
  ['2024-11-23', '2026-11-22', 23],
  ['2024-11-23', '2026-11-23', 24],
  ['2026-11-24', '2026-11-23', -1]
])('born on %s, on %s: %i full months', (birth, on, months) => {
  expect(monthsBetween(birth, on)).toBe(months)
})

test('nobody grows younger from one day to the next', () => {
  const day = fc
    .date({ min: new Date('1950-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10))
  fc.assert(
    fc.property(day, day, day, (birth, first, second) => {
      const [sooner, later] = first < second ? [first, second] : [second, first]
      expect(monthsBetween(birth, later)).toBeGreaterThanOrEqual(monthsBetween(birth, sooner))
      expect(yearsBetween(birth, later)).toBeGreaterThanOrEqual(yearsBetween(birth, sooner))
    })
  )
})
