import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { paced } from './paced.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('news is asked about at once, a flood of it once more when it ends', () => {
  let asked = 0
  const news = paced(() => {
    asked += 1
  }, 200)
  news.run()
  expect(asked).toBe(1)
  for (let more = 0; more < 50; more++) news.run()
  expect(asked).toBe(1)
  vi.advanceTimersByTime(200)
  expect(asked).toBe(2)
  vi.advanceTimersByTime(1000)
  expect(asked).toBe(2)
  news.run()
  expect(asked).toBe(3)
})

test('whoever left asks nothing any more', () => {
  let asked = 0
  const news = paced(() => {
    asked += 1
  }, 200)
  news.run()
  news.run()
  news.stop()
  vi.advanceTimersByTime(1000)
  expect(asked).toBe(1)
})
