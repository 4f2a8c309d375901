import { expect, test } from 'vitest'
import { ERASURE_PLACES } from '#shared/domain/erasure/erasure-place.ts'
import { runSelfTest } from './self-test.ts'

test('a residue that is planted in any place is found there', { timeout: 120_000 }, async () => {
  const tested = await runSelfTest()
  expect(tested.filter(({ isFound }) => !isFound)).toEqual([])
  expect(new Set(tested.map(({ place }) => place))).toEqual(new Set(ERASURE_PLACES))
})
