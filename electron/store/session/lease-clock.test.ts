import { expect, test } from 'vitest'
import { createLeaseClock } from './lease-clock.ts'

const HOUR = 3_600_000
const NOON = Date.parse('2026-11-23T12:00:00.000Z')
const iso = (ms: number) => new Date(ms).toISOString()

function clockAt(start: number) {
  const pc = { wall: start, monotonic: 5_000 }
  const clock = createLeaseClock({ now: () => iso(pc.wall), monotonicMs: () => pc.monotonic })
  const pass = (ms: number) => {
    pc.wall += ms
    pc.monotonic += ms
  }
  return { pc, clock, pass }
}

test('without the centre the latest time counts that was ever seen, and it goes on', () => {
  const { pc, clock, pass } = clockAt(NOON)
  clock.raise(iso(NOON + 3 * HOUR))
  expect(clock.nowMs()).toBe(NOON + 3 * HOUR)
  pass(HOUR)
  expect(clock.nowMs()).toBe(NOON + 4 * HOUR)
  pc.wall -= 48 * HOUR
  pass(HOUR)
  expect(clock.nowMs()).toBe(NOON + 5 * HOUR)
  pc.wall = NOON + 60 * HOUR // asleep, or set forward
  expect(clock.nowMs()).toBe(NOON + 60 * HOUR)
})

test('the centre puts a clock right that is ahead, and what it said goes on through sleep and a clock set back', () => {
  const { pc, clock, pass } = clockAt(NOON + 100 * HOUR)
  clock.raise(iso(NOON + 120 * HOUR))
  clock.heard(iso(NOON))
  clock.raise(iso(NOON + 120 * HOUR))
  pass(HOUR)
  expect(clock.nowMs()).toBe(NOON + HOUR)
  pc.wall += 10 * HOUR // asleep: the monotonic clock stood still
  expect(clock.nowMs()).toBe(NOON + 11 * HOUR)
  pc.wall -= 48 * HOUR
  pass(12 * HOUR)
  expect(clock.nowMs()).toBe(NOON + 13 * HOUR)
})
