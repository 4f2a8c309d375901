import { expect, test } from 'vitest'
import { createPartCache } from './part-cache.ts'

const [one, other] = [Uint8Array.of(1, 2, 3), Uint8Array.of(4, 5)]

test('keeps parts until it is full, and makes room when a copy is gone', () => {
  const cache = createPartCache(6)
  cache.put('a', 0, one)
  cache.put('b', 0, other)
  cache.put('b', 1, other)
  cache.put('a', 0, one)
  expect([cache.get('a', 0), cache.get('b', 0), cache.get('b', 1), cache.get('c', 0)]).toEqual([one, other, null, null])
  expect(cache.copies()).toEqual(['a', 'b'])
  cache.drop(['a', 'c'])
  cache.put('b', 1, other)
  expect([cache.get('a', 0), cache.get('b', 0), cache.get('b', 1)]).toEqual([null, other, other])
})
