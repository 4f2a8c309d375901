import { beforeEach, expect, test } from 'vitest'
import { createIdleClock, type IdleClock } from './idle-clock.ts'

const START = Date.parse('2026-11-23T00:00:00.000Z')
let wall = 0
let monotonic = 0
let clock: IdleClock
const pass = (seconds: number, options: { asleep?: boolean } = {}): void => {
  wall += seconds * 1000
  if (options.asleep !== true) monotonic += seconds * 1000
}
beforeEach(() => {
  wall = START
  monotonic = 5
  clock = createIdleClock({ now: () => new Date(wall).toISOString(), monotonicMs: () => monotonic }, { minutes: 10 })
})

test('a minute before locking it warns, once', () => {
  pass(539)
  expect(clock.check()).toBe('quiet')
  pass(1)
  expect([clock.check(), clock.check()]).toEqual(['warn', 'quiet'])
  pass(59)
  expect(clock.check()).toBe('quiet')
  pass(1)
  expect(clock.check()).toBe('lock')
})

test('a touch gives the whole time again and the next warning', () => {
  pass(545)
  expect([clock.check(), clock.locksAt()]).toEqual(['warn', '2026-11-23T00:10:00.000Z'])
  clock.touch()
  expect([clock.check(), clock.locksAt()]).toEqual(['quiet', '2026-11-23T00:19:05.000Z'])
  pass(540)
  expect(clock.check()).toBe('warn')
})

test('a PC that slept over the time locks on waking', () => {
  pass(600, { asleep: true })
  expect(clock.check()).toBe('lock')
})

test('setting the wall clock back wins no time', () => {
  pass(300)
  wall -= 3_600_000
  pass(300)
  expect(clock.check()).toBe('lock')
})

test('a shorter time counts at once, and the shortest still warns before it locks', () => {
  pass(90)
  clock.setLimit(1)
  expect(clock.check()).toBe('lock')
  clock.touch()
  pass(30)
  expect(clock.check()).toBe('warn')
})
