import { expect, test } from 'vitest'
import { formatBytes, formatCount, formatDay, formatInstant, formatMs, formatShortDay } from './format.ts'

test('dates are written as public offices write them, in Korean time', () => {
  expect(formatDay('2026-11-02')).toBe('2026. 11. 02.')
  expect(formatShortDay('2026-11-22')).toBe('11. 22.')
  expect(formatInstant('2026-11-22T05:05:00.000Z')).toBe('2026. 11. 22. 14:05')
  expect(formatInstant('2026-11-22T15:00:00.000Z')).toBe('2026. 11. 23. 00:00')
})

test('numbers are grouped, milliseconds have one decimal', () => {
  expect(formatCount(312408)).toBe('312,408')
  expect(formatMs(0.38)).toBe('0.4')
})

test('sizes are told in the unit that a person buys them in', () => {
  expect([0, 12, 1_000, 99_400, 999_400, 38_240_000, 412_000_000, 1_250_000_000].map(formatBytes)).toEqual([
    '0 KB',
    '1 KB',
    '1 KB',
    '100 KB',
    '1,000 KB',
    '38.2 MB',
    '412 MB',
    '1.3 GB'
  ])
})
