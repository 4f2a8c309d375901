import { expect, test } from 'vitest'
import { readFreeList, readTreePage, rowsOfLeaf } from './unused-bytes.ts'

/** A leaf of a table with one row (number 5, three bytes) at the end of the page. */
function leaf(): Uint8Array {
  const page = new Uint8Array(4096)
  page.set([13, 0, 0, 0, 1, 0x0f, 0xab, 0, 0x0f, 0xab])
  page.set([3, 5, 2, 1, 65], 0x0fab)
  return page
}

test('what stands between the pointers and the cells is left over; places of cells that went are not', () => {
  expect(readTreePage(7, leaf())).toEqual({ of: 'table', isLeaf: true, cells: 1, unused: 4001, leftover: 0 })
  const [withPlaces, withName] = [leaf(), leaf()]
  withPlaces.set([0x0f, 0x80, 0x0e, 0x11], 10)
  expect(readTreePage(7, withPlaces)?.leftover).toBe(0)
  withName.set(new TextEncoder().encode('김하늘'), 10)
  expect(readTreePage(7, withName)?.leftover).toBe(9)
})

test('a free block counts behind its header, and one that leads backwards makes the page none', () => {
  const page = leaf()
  page.set([0x0f, 0x00], 1) // the first free block
  page.set([0, 0, 0, 40, 9, 9, 9], 0x0f00)
  page.set([0x0e, 0x00], 5)
  expect(readTreePage(7, page)).toMatchObject({ leftover: 3 })
  page.set([0x0e, 0xff], 0x0f00)
  expect(readTreePage(7, page)).toBeNull()
})

test('rows are read with their numbers and sizes', () => {
  expect(rowsOfLeaf(7, leaf())).toEqual([{ row: 5n, bytes: 3 }])
})

test('a list of free pages says what stands behind it', () => {
  const page = new Uint8Array(4096)
  page.set([0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 8, 0, 0, 0, 9])
  page.set([0, 0, 0, 7], 16) // once listed
  expect(readFreeList(page, 20)).toEqual({ next: 0, pages: [8, 9], leftover: 0 })
  page.set([65, 66, 67], 30)
  expect(readFreeList(page, 20).leftover).toBe(3)
})
