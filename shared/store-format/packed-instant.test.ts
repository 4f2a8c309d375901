import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packInstant, unpackInstant } from './packed-instant.ts'

const MOST_MS = Date.parse('9999-12-31T23:59:59.999Z')
const LEAST_MS = Date.parse('0000-01-01T00:00:00.000Z')

test('every instant that is written to the millisecond becomes its number and comes back', () => {
  fc.assert(
    fc.property(fc.integer({ min: LEAST_MS, max: MOST_MS }), (ms) => {
      const text = new Date(ms).toISOString()
      expect(packInstant(text)).toBe(ms)
      expect(unpackInstant(ms)).toBe(text)
    }),
    { numRuns: 2000 }
  )
})

test('any other text comes back as it was', () => {
  const letter = fc.constantFrom(...'0123456789-:.TZ '.split(''))
  const alike = fc.array(letter, { minLength: 24, maxLength: 24 }).map((letters) => letters.join(''))
  const nearly = fc.tuple(fc.integer({ min: LEAST_MS, max: MOST_MS }), fc.nat(23), letter).map(([ms, at, put]) => {
    const text = new Date(ms).toISOString()
    return text.slice(0, at) + put + text.slice(at + 1)
  })
  fc.assert(
    fc.property(fc.oneof(alike, nearly, fc.string()), (text) => {
      expect(unpackInstant(packInstant(text))).toBe(text)
    }),
    { numRuns: 3000 }
  )
  for (const odd of ['2026-02-30T00:00:00.000Z', '2026-11-23T24:00:00.000Z', '2026-11-23T02:19:25Z', '']) {
    expect(packInstant(odd)).toBe(odd)
  }
})
