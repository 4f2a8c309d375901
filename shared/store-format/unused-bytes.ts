import { PAGE_BYTES, RESERVED_BYTES } from '#shared/cipher/sqlcipher-sizes.ts'

/**
 * Where nothing stands in a page of a tree (https://www.sqlite.org/fileformat2.html#b_tree_pages): the gap between the
 * pointers to its cells and the first of them, and the free blocks between cells. What was moved by a page that was
 * rebuilt can still be there: `secure_delete` overwrites what is deleted, not what is left behind.
 */
export interface TreePage {
  /** Of a table with row numbers, or of an index (a table without them is one). */
  readonly of: 'table' | 'index'
  readonly isLeaf: boolean
  readonly cells: number
  /** Bytes in which nothing stands, and how many of them are not zero. */
  readonly unused: number
  readonly leftover: number
}

const FILE_HEADER_BYTES = 100
const USABLE_BYTES = PAGE_BYTES - RESERVED_BYTES
/** Where the next free block is, and how long this one is. */
const FREE_BLOCK_HEADER = 4

const KINDS: Readonly<Record<number, Pick<TreePage, 'of' | 'isLeaf'> & { readonly header: number }>> = {
  2: { of: 'index', isLeaf: false, header: 12 },
  5: { of: 'table', isLeaf: false, header: 12 },
  10: { of: 'index', isLeaf: true, header: 8 },
  13: { of: 'table', isLeaf: true, header: 8 }
}

const headerAt = (no: number): number => (no === 1 ? FILE_HEADER_BYTES : 0)
const twoBytes = (page: Uint8Array, at: number): number => ((page[at] ?? 0) << 8) | (page[at + 1] ?? 0)
const fourBytes = (page: Uint8Array, at: number): number => twoBytes(page, at) * 65_536 + twoBytes(page, at + 2)

/** null: no page of a tree, or none that makes sense. */
export function readTreePage(no: number, page: Uint8Array): TreePage | null {
  const at = headerAt(no)
  const kind = KINDS[page[at] ?? 0]
  if (kind === undefined) return null
  const cells = twoBytes(page, at + 3)
  const gapFrom = at + kind.header + 2 * cells
  const gapTo = twoBytes(page, at + 5)
  if (gapFrom > gapTo || gapTo > USABLE_BYTES) return null
  let unused = gapTo - gapFrom + (page[at + 7] ?? 0)
  let leftover = countLeftover(page, behindPointers(page, gapFrom, gapTo), gapTo)
  for (let block = twoBytes(page, at + 1), last = 0; block !== 0; ) {
    const end = block + twoBytes(page, block + 2)
    if (block <= last || end > USABLE_BYTES) return null
    unused += end - block
    leftover += countLeftover(page, block + FREE_BLOCK_HEADER, end)
    last = block
    block = twoBytes(page, block)
  }
  return { of: kind.of, isLeaf: kind.isLeaf, cells, unused, leftover }
}

/** Behind the pointers stand those to cells that went: places of this page, and no letters or digits of anybody. */
function behindPointers(page: Uint8Array, from: number, to: number): number {
  let at = from
  while (at + 1 < to && twoBytes(page, at) > 0 && twoBytes(page, at) < USABLE_BYTES) at += 2
  return at
}

export function countLeftover(page: Uint8Array, from: number, to: number): number {
  let count = 0
  for (let at = from; at < to; at++) if (page[at] !== 0) count += 1
  return count
}

/** The pages below an inner page. */
export const childrenOf = (no: number, page: Uint8Array): number[] => [
  ...innerCells(no, page).map((cell) => fourBytes(page, cell)),
  fourBytes(page, headerAt(no) + 8)
]

/** The row numbers at which an inner page of a table parts what is below: of rows that once were the last of a page. */
export const dividersOf = (no: number, page: Uint8Array): bigint[] =>
  innerCells(no, page).map((cell) => BigInt.asIntN(64, readVarint(page, cell + 4).value))

function innerCells(no: number, page: Uint8Array): number[] {
  const at = headerAt(no)
  const header = KINDS[page[at] ?? 0]?.header ?? 0
  return Array.from({ length: twoBytes(page, at + 3) }, (_, index) => twoBytes(page, at + header + 2 * index))
}

/** The row numbers of a table's leaf, with the bytes that each row takes; those that go on elsewhere are left out. */
export function rowsOfLeaf(no: number, page: Uint8Array): Array<{ readonly row: bigint; readonly bytes: number }> {
  const at = headerAt(no)
  return Array.from({ length: twoBytes(page, at + 3) }, (_, index) => {
    const cell = twoBytes(page, at + 8 + 2 * index)
    const size = readVarint(page, cell)
    return { row: BigInt.asIntN(64, readVarint(page, cell + size.length).value), bytes: Number(size.value) }
  }).filter(({ bytes }) => bytes <= MOST_LOCAL_BYTES)
}

/** The highest row number of a table's leaf; null: it has none. */
export function lastRowOf(no: number, page: Uint8Array): bigint | null {
  const at = headerAt(no)
  const cells = twoBytes(page, at + 3)
  if (cells === 0) return null
  const cell = twoBytes(page, at + 8 + 2 * (cells - 1))
  return BigInt.asIntN(64, readVarint(page, cell + readVarint(page, cell).length).value)
}

/** A larger row of a table does not lie in its page as a whole. */
export const MOST_LOCAL_BYTES = USABLE_BYTES - 35

function readVarint(page: Uint8Array, from: number): { readonly value: bigint; readonly length: number } {
  let value = 0n
  for (let length = 1; ; length++) {
    const byte = page[from + length - 1] ?? 0
    if (length === 9) return { value: (value << 8n) | BigInt(byte), length }
    value = (value << 7n) | BigInt(byte & 127)
    if (byte < 128) return { value, length }
  }
}

/** What the header of the file says of its free pages: the first that lists others, and how many there are. */
export const freePagesOf = (firstPage: Uint8Array): { readonly first: number; readonly count: number } => ({
  first: fourBytes(firstPage, 32),
  count: fourBytes(firstPage, 36)
})

/** A free page that lists others, in a file of so many. */
export function readFreeList(
  page: Uint8Array,
  pages: number
): {
  readonly next: number
  readonly pages: readonly number[]
  /** How many of the bytes behind the list are not zero; numbers of pages that it once listed do not count. */
  readonly leftover: number
} {
  const count = Math.min(fourBytes(page, 4), USABLE_BYTES / 4 - 2)
  const listed = Array.from({ length: count }, (_, index) => fourBytes(page, 8 + index * 4))
  let end = 8 + 4 * count
  while (end + 4 <= USABLE_BYTES && fourBytes(page, end) > 0 && fourBytes(page, end) <= pages) end += 4
  return { next: fourBytes(page, 0), pages: listed, leftover: countLeftover(page, end, USABLE_BYTES) }
}

export const leftoverOfFreePage = (page: Uint8Array): number => countLeftover(page, 0, USABLE_BYTES)
