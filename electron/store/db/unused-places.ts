import { FEWEST_MARKER_BYTES } from '#shared/domain/erasure/marker.ts'
import { expectOk, ok } from '#shared/foundation/result.ts'
import {
  childrenOf,
  dividersOf,
  freePagesOf,
  lastRowOf,
  leftoverOfFreePage,
  readFreeList,
  readTreePage
} from '#shared/store-format/unused-bytes.ts'
import { clearPage, clearTable, handlingOf, moveDivider, type PageAt } from './clear-leftover.ts'
import type { StoreDb, WriteTx } from './database.ts'
import { emptyLog, mergeLog } from './journal.ts'

/**
 * Looks at every byte of the file in which nothing stands, and overwrites what is left there. A case that is no row any
 * more can be found nowhere else: rows are the living ones, deleted rows are overwritten, but a page that was rebuilt
 * while the case lived keeps a copy of it in its gap. In steps of a few milliseconds, after the log was merged.
 */
export interface UnusedPlaces {
  /** `blocked`: another reader holds the log, so that it cannot be said now; nothing is to be told of it. */
  step(): 'more' | 'done' | 'blocked'
  readonly looked: Looked
}

export interface Looked {
  pages: number
  freePages: number
  /** Pages with something left that was overwritten. */
  cleared: number
  /** Pages in which something is left all the same. */
  residues: number
}

const PAGES_A_STEP = 256
const CLEARED_A_STEP = 24

export function createUnusedPlaces(db: StoreDb): UnusedPlaces {
  const looked: Looked = { pages: 0, freePages: 0, cleared: 0, residues: 0 }
  const work = lookAndClear(db, looked)
  return { looked, step: () => work.next().value }
}

function* lookAndClear(db: StoreDb, looked: Looked): Generator<'more', 'done' | 'blocked'> {
  const standing = yield* moveDividers(db)
  if (standing === null) return 'blocked'
  looked.residues += standing
  const found: Found = { inner: new Map(), left: [] }
  yield* readPages(db, looked, found)
  yield* readFreePages(db, looked)
  const places = placesOf(db, found)
  const pages = places.filter(({ table }) => handlingOf(table) === 'pages')
  const tables = [...new Set(places.map(({ table }) => table))].filter((table) => handlingOf(table) === 'table')
  yield* inTransactions(db, pages, CLEARED_A_STEP, (tx, { no, table }) => clearPlace(tx, table, pageAt(db, no)))
  yield* inTransactions(db, tables, 1, clearTable)
  looked.cleared = pages.length + tables.length
  if (looked.cleared > 0 && !emptyLog(db.raw)) return 'blocked'
  for (const { no } of pages) if (hasLeftover(pageAt(db, no))) looked.residues += 1
  return 'done'
}

function* inTransactions<T>(
  db: StoreDb,
  items: readonly T[],
  atOnce: number,
  work: (tx: WriteTx, item: T) => void
): Generator<'more', void> {
  for (let from = 0; from < items.length; from += atOnce) {
    expectOk(
      db.write((tx) => {
        for (const item of items.slice(from, from + atOnce)) work(tx, item)
        return ok(null)
      })
    )
    yield 'more'
    mergeLog(db.raw)
    yield 'more'
  }
}

/** Moving one can leave another behind; what rows next to it do not move, more of them may. */
const ROWS_BESIDE = [2, 2, 32, 128, 400]
const ROWS_A_STEP = 16

/** Dividers of the search lists go to other rows, where their own is gone. Gives back how many are left; null: the log is held. */
function* moveDividers(db: StoreDb): Generator<'more', number | null> {
  const stale: bigint[] = []
  for (const beside of ROWS_BESIDE) {
    if (!emptyLog(db.raw)) return null
    stale.length = 0
    yield* staleDividers(db, stale)
    if (stale.length === 0) return 0
    const atOnce = Math.max(1, ROWS_A_STEP / beside)
    yield* inTransactions(db, stale, atOnce, (tx, key) => moveDivider(tx, key, beside))
  }
  return stale.length
}

function* staleDividers(db: StoreDb, stale: bigint[]): Generator<'more', void> {
  const root = db.pluck<number>("SELECT rootpage FROM sqlite_schema WHERE name = 'search_blocks'")
  for (let level = [root ?? 0]; !isLeafLevel(db, level); ) {
    const below: number[] = []
    for (const no of level) {
      const { page } = pageAt(db, no)
      const children = childrenOf(no, page)
      const isAboveLeaves = isLeafLevel(db, children)
      for (const [index, key] of dividersOf(no, page).entries()) {
        const hasRow = isAboveLeaves ? lastRowBelow(db, children[index] ?? 0) === key : hasBlock(db, key)
        if (!hasRow) stale.push(key)
      }
      below.push(...children)
      yield 'more'
    }
    level = below
  }
}

/** No row below a divider has a higher number, so the row that it is of can only be the last one there. */
const lastRowBelow = (db: StoreDb, leaf: number): bigint | null => lastRowOf(leaf, pageAt(db, leaf).page)
const hasBlock = (db: StoreDb, key: bigint): boolean =>
  db.pluck('SELECT 1 FROM search_blocks WHERE key = ?', key) !== undefined

/** All leaves of a tree are equally deep. */
const isLeafLevel = (db: StoreDb, [no = 0]: readonly number[]): boolean =>
  readTreePage(no, pageAt(db, no).page)?.isLeaf ?? true

function clearPlace(tx: WriteTx, table: string, place: PageAt): void {
  const [divider] = readTreePage(place.no, place.page)?.isLeaf === false ? dividersOf(place.no, place.page) : []
  if (divider === undefined) clearPage(tx, table, place)
  else moveDivider(tx, divider, ROWS_TO_FILL)
}
/** So many leaves more fill an inner page, and with them its gap. */
const ROWS_TO_FILL = 128

interface Found {
  readonly inner: Map<number, readonly number[]>
  /** Pages with something left. */
  readonly left: number[]
}

/** What is shorter than the shortest marker proves nothing of anybody: the old place of a cell, the length of a block. */
const hasLeftover = ({ no, page }: PageAt): boolean => (readTreePage(no, page)?.leftover ?? 0) >= FEWEST_MARKER_BYTES

const pageAt = (db: StoreDb, no: number): PageAt => ({ no, page: db.pages().read(no, 1)[0] ?? new Uint8Array() })

function* readPages(db: StoreDb, looked: Looked, { inner, left }: Found): Generator<'more', void> {
  const reader = db.pages()
  for (const count = reader.count(); looked.pages < count; ) {
    const first = looked.pages + 1
    for (const [index, page] of reader.read(first, PAGES_A_STEP).entries()) {
      const no = first + index
      const tree = readTreePage(no, page)
      if (tree === null) continue
      if (!tree.isLeaf) inner.set(no, childrenOf(no, page))
      if (tree.leftover >= FEWEST_MARKER_BYTES) left.push(no)
    }
    looked.pages = Math.min(count, looked.pages + PAGES_A_STEP)
    yield 'more'
  }
}

/** Nothing stands in them at all: they were overwritten when they became free. */
function* readFreePages(db: StoreDb, looked: Looked): Generator<'more', void> {
  const free = freePagesOf(pageAt(db, 1).page)
  for (let trunk = free.first; trunk !== 0 && looked.freePages < free.count; ) {
    const list = readFreeList(pageAt(db, trunk).page, looked.pages)
    let leftover = list.leftover
    for (const no of list.pages) leftover += leftoverOfFreePage(pageAt(db, no).page)
    if (leftover >= FEWEST_MARKER_BYTES) looked.residues += 1
    looked.freePages += 1 + list.pages.length
    trunk = list.next
    yield 'more'
  }
}

/**
 * To which table each of the pages belongs. Those of indexes hold ids and days alone and are left out, and so are inner
 * pages, which hold row numbers; but those of the search lists are terms.
 */
function placesOf(db: StoreDb, { inner, left }: Found): Array<{ readonly no: number; readonly table: string }> {
  const tables = db.all<{ name: string; rootpage: number }>(
    "SELECT name, rootpage FROM sqlite_schema WHERE type = 'table' AND rootpage > 0"
  )
  const owners = new Map<number, string>()
  for (const { name, rootpage } of tables) {
    const below = [rootpage]
    for (let no = below.pop(); no !== undefined; no = below.pop()) {
      owners.set(no, name)
      below.push(...(inner.get(no) ?? []))
    }
  }
  return left.flatMap((no) => {
    const table = owners.get(no)
    const isTold = table !== undefined && (table === 'search_blocks' || !inner.has(no))
    return isTold ? [{ no, table }] : []
  })
}
