import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isSameValue } from './same-value.ts'

const reordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reordered)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reordered(inner)])
  )
}

test('a value is the same as its copy, in whatever order the copy names its keys', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      expect(isSameValue(value, reordered(structuredClone(value)))).toBe(true)
    })
  )
})

test.each([
  [{ a: 1 }, { a: 1, b: undefined }],
  [
    [1, 2],
    [2, 1]
  ],
  [[1], { 0: 1 }],
  [null, {}],
  ['1', 1],
  [{ a: { b: [1] } }, { a: { b: [1, 2] } }],
  [{ a: 1 }, { b: 1 }]
])('%j and %j differ', (a, b) => {
  expect([isSameValue(a, b), isSameValue(b, a)]).toEqual([false, false])
})
