import { expect, test } from 'vitest'
import { createRateLimiter } from './rate-limiter.ts'

const RATE = { aMinute: 60, burst: 3 }

function openLimiter() {
  let now = 0
  const limiter = createRateLimiter({ monotonicMs: () => now })
  return { take: (key = 'a') => limiter.take(key, RATE), pass: (ms: number) => (now += ms) }
}

test('a burst goes through, what comes after is told how long to wait, and waiting it is enough', () => {
  const { take, pass } = openLimiter()
  expect([take(), take(), take(), take(), take()]).toEqual([0, 0, 0, 1_000, 1_000])
  pass(400)
  expect(take()).toBe(600)
  pass(600)
  expect([take(), take()]).toEqual([0, 1_000])
})

test('the bucket of one does not empty that of another', () => {
  const { take } = openLimiter()
  expect([take('a'), take('a'), take('a'), take('a'), take('b')]).toEqual([0, 0, 0, 1_000, 0])
})

test('a long silence gives no more than a burst', () => {
  const { take, pass } = openLimiter()
  take()
  pass(3_600_000)
  expect([take(), take(), take(), take()]).toEqual([0, 0, 0, 1_000])
})

test('buckets that are full again do not pile up, and an empty one is not forgotten among them', () => {
  let now = 0
  const limiter = createRateLimiter({ monotonicMs: () => now })
  for (let device = 0; device < 20_000; device += 1) limiter.take(`old ${device}`, RATE)
  now = 60_000
  for (let taken = 0; taken < 3; taken += 1) limiter.take('empty', RATE)
  for (let device = 0; device < 20_000; device += 1) limiter.take(`new ${device}`, RATE)
  expect(limiter.take('empty', RATE)).toBe(1_000)
})
