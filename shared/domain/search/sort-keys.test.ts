import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applicationNoKey, compareApplicationNos, compareNames, nameKey, type SortKey } from './sort-keys.ts'

const compareKeys = (one: SortKey, other: SortKey): number => one.high - other.high || one.low - other.low
const goesOn = ({ low }: SortKey): boolean => low % 2 === 1

const name = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'가각김민수힣'), maxLength: 6 }),
  fc.string({ unit: fc.constantFrom(..."abnzNG -'1é"), maxLength: 16 }),
  fc.string({ unit: fc.constantFrom(...'김n李가'), maxLength: 5 })
)

test('keys never contradict the names, and only keys of names that go on can be equal by chance', () => {
  fc.assert(
    fc.property(name, name, (one, other) => {
      const [a, b] = [nameKey(one), nameKey(other)]
      const byKey = Math.sign(compareKeys(a, b))
      const byName = Math.sign(compareNames(one, other))
      expect(byKey === byName || (byKey === 0 && goesOn(a) && goesOn(b))).toBe(true)
    }),
    { numRuns: 5000 }
  )
})

test('four Korean syllables or twelve Latin letters are in the key whole', () => {
  expect(['남궁민수', 'NGUYEN THI LAN'].map((whole) => goesOn(nameKey(whole)))).toEqual([false, false])
  expect(['남궁민수야', 'NGUYEN THI LAN A', '李', '김1'].map((long) => goesOn(nameKey(long)))).toEqual([
    ...[true, true, true, true]
  ])
})

test('Latin names come before Korean ones, whatever their case', () => {
  expect(['김', 'nguyen', '가나', 'ABE', 'Nguyen Thi'].sort(compareNames)).toEqual([
    ...['ABE', 'nguyen', 'Nguyen Thi', '가나', '김']
  ])
})

test('application numbers go by month and running number, provisional ones last', () => {
  const numbers = ['2026-11-0412', '2026-11-10412', '임시-2', '2025-12-9999', '임시-10', '2026-2-1', 'x', '2026-11-413']
  expect([...numbers].sort(compareApplicationNos)).toEqual([
    ...['2026-2-1', '2025-12-9999', '2026-11-0412', '2026-11-413', '2026-11-10412', '임시-2', '임시-10', 'x']
  ])
  for (const one of numbers) {
    for (const other of numbers) {
      const byKey = compareKeys(applicationNoKey(one), applicationNoKey(other))
      if (byKey !== 0) expect(Math.sign(byKey)).toBe(Math.sign(compareApplicationNos(one, other)))
    }
  }
})
