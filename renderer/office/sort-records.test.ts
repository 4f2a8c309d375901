import { expect, test } from 'vitest'
import { nextOrder, sortedBy } from './sort-records.ts'

const names = ['민원-10', '보육-1', '민원-2']
const itself = (value: string | number | null) => value

test('PCs stand in the order in which an office numbers them', () => {
  expect(sortedBy(names, itself, { descending: false })).toEqual(['민원-2', '민원-10', '보육-1'])
  expect(sortedBy(names, itself, { descending: true })).toEqual(['보육-1', '민원-10', '민원-2'])
})

test('what is not known stands last, whichever way the order goes', () => {
  const counts = [3, null, 12, 0]
  expect(sortedBy(counts, itself, { descending: false })).toEqual([0, 3, 12, null])
  expect(sortedBy(counts, itself, { descending: true })).toEqual([12, 3, 0, null])
})

test('pressing a column sorts by it, pressing it again turns the order round', () => {
  const byName = { column: 'name', descending: false }
  expect(nextOrder(byName, 'name')).toEqual({ column: 'name', descending: true })
  expect(nextOrder({ column: 'name', descending: true }, 'name')).toEqual(byName)
  expect(nextOrder({ column: 'name', descending: true }, 'state')).toEqual({ column: 'state', descending: false })
})
