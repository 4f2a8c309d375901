import { expect, test } from 'vitest'
import { backOffMs, LONGEST_MS, spreadMs } from './back-off.ts'

test('tries come ever less often, never all at once, and never too seldom to find a returned centre', () => {
  const earliest = [1, 2, 3, 4, 5, 50].map((failures) => backOffMs(failures, () => 0))
  const latest = [1, 2, 3, 4, 5, 50].map((failures) => backOffMs(failures, () => 1))
  expect(earliest).toEqual([250, 500, 1000, 2000, LONGEST_MS / 2, LONGEST_MS / 2])
  expect(latest).toEqual([500, 1000, 2000, 4000, LONGEST_MS, LONGEST_MS])
})

test('whoever is told to wait never comes too early, and not with all the others', () => {
  expect([spreadMs(8_000, () => 0), spreadMs(8_000, () => 0.5), spreadMs(8_000, () => 1)]).toEqual([
    8_000, 9_000, 10_000
  ])
})
