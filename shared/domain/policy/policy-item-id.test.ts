import { expect, it } from 'vitest'
import register from '#resources/policy/2024-01-25.json' with { type: 'json' }
import { isPolicyItemId, POLICY_ITEM_IDS } from './policy-item-id.ts'

/** Every held version; a new version is added here. */
const REGISTERS = [register]

it('lists exactly the items that some published version names, so that the case schema can cite no other', () => {
  const published = new Set(REGISTERS.flatMap(({ files }) => files.flatMap(({ items }) => items.map(({ id }) => id))))
  expect([...POLICY_ITEM_IDS].sort()).toEqual([...published].sort())
})

it('tells an item id from any other text', () => {
  expect(
    ['application.applicant.rrn', 'application.applicant', 'application.applicant.religion', 7, null].map(
      isPolicyItemId
    )
  ).toEqual([true, false, false, false, false])
})
