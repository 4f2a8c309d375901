import { expect, test } from 'vitest'
import { HELD_POLICIES } from '#shared/domain/demo/held-policies.ts'
import { itemById } from '#shared/domain/policy/policy-items.ts'
import { TITLE_ITEMS } from './document-titles.ts'

test('every paper that may be kept proves items of the application file, which every version of the register allows', () => {
  const items = Object.values(TITLE_ITEMS).flat()
  expect(items.filter((item) => !item.startsWith('application.'))).toEqual([])
  for (const policy of HELD_POLICIES) expect(items.filter((item) => !itemById(policy, item).ok)).toEqual([])
})
