import { expect, test } from 'vitest'
import { gatherMs } from './poke-hub.ts'

test('a small office hears of a change at once, a city a quarter of a second later and half as often', () => {
  expect([0, 20, 400, 2_500, 10_000].map((desks) => gatherMs(30, desks))).toEqual([30, 32, 70, 250, 250])
})
