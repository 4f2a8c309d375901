import { expect, test } from 'vitest'
import { parseTypedDay } from './typed-date.ts'

const today = '2026-11-23'

test.each([
  ['20261122', '2026-11-22'],
  ['261122', '2026-11-22'],
  ['2026-11-22', '2026-11-22'],
  ['2026. 11. 22.', '2026-11-22'],
  ['2026.1.5', '2026-01-05'],
  ['2026년 11월 22일', '2026-11-22'],
  ['850312', '1985-03-12'],
  ['351231', '2035-12-31'],
  ['361231', '1936-12-31'],
  ['20240229', '2024-02-29']
])('%s is understood', (typed, day) => {
  expect(parseTypedDay(typed, today)).toBe(day)
})

test.each(['', '2026', '20261301', '20260230', '20250229', '11-22', '2026-11-', 'abc', '202611222'])(
  '%j is not taken for a day',
  (typed) => {
    expect(parseTypedDay(typed, today)).toBeNull()
  }
)
