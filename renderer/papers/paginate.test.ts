import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type PartHeights, paginate, type Slice } from './paginate.ts'

const part = (rows: readonly number[], over: Partial<PartHeights> = {}): PartHeights => ({
  ...{ gap: 5, title: 10, head: 0, tail: 0 },
  rows,
  ...over
})
const ROOM = { first: 100, further: 120 }

test('what fits stands on one page, and a part that does not goes on with its head on the next', () => {
  const table = part([20, 20, 20, 20, 20, 20], { head: 20 })
  expect(paginate([part([30])], ROOM)).toEqual([[{ part: 0, from: 0, to: 1 }]])
  expect(paginate([table], ROOM)).toEqual([[{ part: 0, from: 0, to: 3 }], [{ part: 0, from: 3, to: 6 }]])
})

test('a title does not stand at the foot of a page over nothing, or over a single row of several', () => {
  const filling = part([70])
  expect(paginate([filling, part([5, 5])], ROOM)).toEqual([
    [{ part: 0, from: 0, to: 1 }],
    [{ part: 1, from: 0, to: 2 }]
  ])
  expect(paginate([part([50]), part([15, 15])], ROOM)).toHaveLength(2)
})

test('what stands below a table stays with its last row', () => {
  const table = part([20, 20, 20], { tail: 30 })
  expect(paginate([table], ROOM)).toEqual([[{ part: 0, from: 0, to: 2 }], [{ part: 0, from: 2, to: 3 }]])
})

test('whatever the heights, each row stands once, in order, and no page is fuller than it is high', () => {
  const heights = fc.integer({ min: 1, max: 90 })
  const anyPart = fc.record({
    gap: fc.constant(5),
    title: fc.constant(8),
    head: fc.integer({ min: 0, max: 7 }),
    rows: fc.array(heights, { minLength: 1, maxLength: 60 }),
    tail: fc.integer({ min: 0, max: 9 })
  })
  fc.assert(
    fc.property(fc.array(anyPart, { minLength: 1, maxLength: 6 }), (parts) => {
      const pages = paginate(parts, { first: 200, further: 240 })
      expect(pages.flat().flatMap(rowsOf)).toEqual(
        parts.flatMap(({ rows }, at) => rows.map((_, row) => `${at} ${row}`))
      )
      for (const [no, page] of pages.entries()) {
        const height = page.reduce((sum, slice) => sum + heightOf(parts, slice), 0)
        expect(height).toBeLessThanOrEqual(no === 0 ? 200 : 240)
        expect(page).not.toEqual([])
      }
    })
  )
})

const rowsOf = ({ part: at, from, to }: Slice): string[] =>
  Array.from({ length: to - from }, (_, index) => `${at} ${from + index}`)

function heightOf(parts: readonly PartHeights[], { part: at, from, to }: Slice): number {
  const one = parts[at]
  if (one === undefined) throw new Error('no such part')
  const rows = one.rows.slice(from, to).reduce((sum, height) => sum + height, 0)
  return one.gap + one.head + rows + (from === 0 ? one.title : 0) + (to === one.rows.length ? one.tail : 0)
}

test('a row that is higher than a page gets one to itself', () => {
  expect(paginate([part([20, 500, 20])], ROOM)).toEqual([
    [{ part: 0, from: 0, to: 1 }],
    [{ part: 0, from: 1, to: 2 }],
    [{ part: 0, from: 2, to: 3 }]
  ])
})
