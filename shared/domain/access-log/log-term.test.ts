import { expect, test } from 'vitest'
import { keptSince } from './log-term.ts'

test('a line is kept for two whole years, by days of Korea', () => {
  expect(keptSince('2026-11-23T15:00:00.000Z')).toBe('2024-11-23T15:00:00.000Z')
  expect(keptSince('2026-11-23T14:59:59.999Z')).toBe('2024-11-22T15:00:00.000Z')
  expect(keptSince('2028-02-29T03:00:00.000Z')).toBe('2026-02-28T15:00:00.000Z')
})
