import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BLOCK_ALIGNMENT, encodePostings, PostingBlock } from './posting-block.ts'

const gap = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 4 }) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 300 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 400_000 }) }
)
const nos = fc
  .tuple(fc.integer({ min: 1, max: 5000 }), fc.array(gap, { maxLength: 400 }), fc.integer({ min: 1, max: 40 }))
  .map(([first, gaps, times]) => {
    const all = [first]
    for (let time = 0; time < times; time++) for (const one of gaps) all.push((all.at(-1) ?? 0) + one)
    return Uint32Array.from(all)
  })

test('what goes into blocks comes out of them, each beginning at a multiple of its own', () => {
  fc.assert(
    fc.property(nos, (all) => {
      const blocks = encodePostings(all)
      expect(blocks.flatMap(({ start, bytes }) => [...new PostingBlock(start, bytes).decode()])).toEqual([...all])
      expect(blocks.every(({ start }) => start % BLOCK_ALIGNMENT === 0)).toBe(true)
      expect(new Set(blocks.map(({ start }) => start)).size).toBe(blocks.length)
    })
  )
})

test('going down through a block gives the largest number not above each target', () => {
  const targets = fc.array(fc.integer({ min: 0, max: 60_000 }), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(nos, targets, (all, some) => {
      for (const { start, bytes } of encodePostings(all)) {
        const within = [...new PostingBlock(start, bytes).decode()]
        const block = new PostingBlock(start, bytes)
        for (const target of some.map((one) => start - 10 + one).sort((a, b) => b - a)) {
          expect(block.floor(target)).toBe(within.findLast((no) => no <= target) ?? 0)
        }
      }
    })
  )
})

test('a block takes close to the least that its density allows', () => {
  const every = (step: number) => Uint32Array.from({ length: 100_000 }, (_, at) => 1 + at * step)
  const bitsPerCase = (step: number) =>
    (encodePostings(every(step)).reduce((sum, { bytes }) => sum + bytes.length, 0) * 8) / 100_000
  expect(bitsPerCase(1)).toBeLessThan(1.1)
  expect(bitsPerCase(2)).toBeLessThan(2.1)
  expect(bitsPerCase(100)).toBeLessThan(8.5)
  expect(bitsPerCase(2000)).toBeLessThan(13)
})
