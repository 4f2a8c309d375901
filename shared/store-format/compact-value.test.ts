import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createCompactFormat } from './compact-value.ts'

const format = createCompactFormat(['', 'received', '@example.kr'])
const KNOWN = ['홍길동', '01012345678', 'gil']
const back = (value: unknown, known = KNOWN): unknown => format.decode(format.encode(value, known), known)

test('every value of JSON comes back, whatever is known', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'0123456789-@gil한글\ud800') }),
    fc.constantFrom(
      ...KNOWN,
      'received',
      '',
      'gil@example.kr',
      '2026-02-29',
      '2024-02-29',
      '1899-12-31',
      '000000000000000'
    )
  )
  const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.maxSafeInteger(), fc.nat(300))
  const tree = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      text,
      number,
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 20 }),
      fc.dictionary(text, tie('value'), { maxKeys: 5 })
    )
  })).value
  fc.assert(
    fc.property(tree, fc.array(text, { maxLength: 90 }), (value, known) => {
      expect(back(value, known)).toEqual(JSON.parse(JSON.stringify(value)))
    }),
    { numRuns: 2000 }
  )
})

test('dates, UUIDs, digits, instants and addresses are short, and lie as they always lay', () => {
  const value = [
    ['2026-11-23', '018d3df2-d160-7e6a-9ff6-6491e12dc6d3', '8503062065804', 1706141340000, 1706504736590],
    ['홍길동', 'gil@example.kr', 'received', '서류 확인', '', { state: 8, '': -3 }, 1.5, true, false, null, 700]
  ]
  expect(Buffer.from(format.encode(value, KNOWN)).toString('hex')).toBe(
    '32350a0bb50b018d3df2d1607e6a9ff66491e12dc6d31d8c72fec5bb070d00e0a2cbefd3310ceefda8153b400f028281' +
      '09051cc158b9200055d678c780070208057374617465288004020503312e3501020003bc05'
  )
  expect(back(value)).toEqual(value)
})

test('what has no value in JSON is written as JSON does', () => {
  expect(back([undefined, { a: undefined, b: 1 }])).toEqual([null, { b: 1 }])
})

test('bytes that are no such value are refused', () => {
  const whole = format.encode(['서류', 3, 'a'.repeat(30)], [])
  for (let length = 0; length < whole.length; length++) {
    expect(() => format.decode(whole.subarray(0, length), [])).toThrow()
  }
  expect(() => format.decode(Uint8Array.of(0, 0), [])).toThrow('no compact value')
  expect(() => format.decode(Uint8Array.of(0x43), [])).toThrow('no compact value')
  expect(() => format.decode(Uint8Array.of(0xff), [])).toThrow('no compact value')
  expect(() => createCompactFormat(Array.from({ length: 129 }, String))).toThrow('too many words')
})
