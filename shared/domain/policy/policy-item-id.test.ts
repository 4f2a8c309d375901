import { expect, it } from 'vitest'
import register from '#resources/policy/2024-01-25.json' with { type: 'json' }
import { POLICY_ITEM_IDS } from './policy-item-id.ts'

/** Every held version; a new version is added here. */
const REGISTERS = [register]

it('lists exactly the items that some published version names, so that the case schema can cite no other', () => {
  const published = new Set(REGISTERS.flatMap(({ files }) => files.flatMap(({ items }) => items.map(({ id }) => id))))
  expect([...POLICY_ITEM_IDS].sort()).toEqual([...published].sort())
})
