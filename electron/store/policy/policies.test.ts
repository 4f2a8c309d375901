import { expect, test } from 'vitest'
import index from '#resources/policy/index.json' with { type: 'json' }
import { carriedPolicies } from './policies.ts'

test('the desk carries every version whose text is held', () => {
  const held = index.versions.filter(({ file }) => file !== null).map(({ id }) => id)
  expect(carriedPolicies().map(({ id }) => id)).toEqual(held)
})
