import { expect, test } from 'vitest'
import { batchNumbers } from './batch-number.ts'

const batch = (id: string, completedAt: string | null) => ({
  id,
  districtCode: '11680',
  steps: [
    { act: 'plan' as const, by: null, at: '2026-01-01T00:00:00.000Z', reason: '' },
    ...(completedAt === null ? [] : [{ act: 'complete' as const, by: null, at: completedAt, reason: '' }])
  ]
})

test('a completed batch has the running number of its year in Korea, whenever it was planned and whatever comes later', () => {
  const [a, b, c] = [
    batch('c', '2026-03-02T00:00:00.000Z'),
    batch('a', '2026-12-31T14:59:59.000Z'),
    batch('b', '2026-12-31T15:00:00.000Z')
  ]
  const numbers = { c: '11680-2026-0001', a: '11680-2026-0002', b: '11680-2027-0001' }
  expect(Object.fromEntries(batchNumbers([b, c, a, batch('d', null)]))).toEqual(numbers)
  expect(batchNumbers([a, b]).get('a')).toBe(numbers.a)
})
