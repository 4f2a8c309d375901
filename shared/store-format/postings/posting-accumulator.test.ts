import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PostingAccumulator } from './posting-accumulator.ts'

test('every list comes out whole, each number once, in the order of the terms', () => {
  const additions = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 400_000 })), {
    maxLength: 3000
  })
  fc.assert(
    fc.property(additions, (some) => {
      const accumulator = new PostingAccumulator()
      const expected = new Map<number, number[]>()
      let no = 1
      for (const [term, gap] of some) {
        no += gap % 7 === 0 ? gap : gap % 3
        accumulator.add(term * 1e9, no)
        const nos = expected.get(term * 1e9) ?? []
        if (nos.at(-1) !== no) nos.push(no)
        expected.set(term * 1e9, nos)
      }
      const found: Array<[number, number[]]> = []
      for (const [term, nos] of accumulator.drain()) found.push([term, [...nos]])
      expect(found).toEqual([...expected].sort(([a], [b]) => a - b))
    }),
    { numRuns: 30 }
  )
})

test('a hundred thousand terms keep apart, and a drained accumulator begins anew', () => {
  const accumulator = new PostingAccumulator()
  for (const no of [7, 9]) for (let term = 1; term <= 100_000; term++) accumulator.add(term, no)
  const counts = new Map<string, number>()
  for (const [, nos] of accumulator.drain()) counts.set(nos.join(), (counts.get(nos.join()) ?? 0) + 1)
  expect([...counts]).toEqual([['7,9', 100_000]])
  accumulator.add(5, 1)
  const left: Array<[number, number[]]> = []
  for (const [term, nos] of accumulator.drain()) left.push([term, [...nos]])
  expect(left).toEqual([[5, [1]]])
})
