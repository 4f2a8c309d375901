import { expect, test } from 'vitest'
import { ageInMonths } from './child-age.ts'

test.each([
  ['2024-08-23', '2026-11-23', 27],
  ['2024-08-24', '2026-11-23', 26],
  ['2026-11-23', '2026-11-23', 0],
  ['2026-10-31', '2026-11-30', 1],
  ['2024-02-29', '2025-02-28', 12]
])('a child born on %s is %s … months old', (born, today, months) => {
  expect(ageInMonths(born, today)).toBe(months)
})
