import type { CaseListRequest } from '#shared/ipc/contract.ts'
import type { ReadableDb } from '../db/statements.ts'
import { type FactFilter, filterInto, isEverything, passes } from './case-filter.ts'
import { type CaseOrder, caseOrder, type OrderKey } from './case-order.ts'
import type { FactColumns } from './fact-columns.ts'
import type { ListPlace } from './list-place.ts'

/** The cases that pass a filter, as the list walks through them: those of a sequence that are in. */
export interface FilteredList {
  readonly total: number
  readonly length: number
  noAt(index: number): number
  isIn(no: number): boolean
  keyOf(no: number): OrderKey
  /** Index of the first case after the place, and of the first that is not before it. */
  indexAfter(place: ListPlace): number
  indexBefore(place: ListPlace): number
}

type Sort = CaseListRequest['sort']

/**
 * Cases that pass are found along the order of all while they are many, and sorted by themselves while they are few.
 * `sparse` asks for the latter where the way along the order proved long.
 */
export function filteredList(
  db: ReadableDb,
  columns: FactColumns,
  { facts, sort, sparse }: { facts: FactFilter; sort: Sort; sparse: boolean }
): FilteredList {
  const order = caseOrder(db, columns, sort.column)
  if (isEverything(facts)) return listOf(order, { nos: order.nos, total: columns.cases, sort, isIn: () => true })
  const found = keptFilter(columns, facts)
  const sorted = sortedFew(found, { order, sort, sparse })
  if (sorted !== null) return listOf(order, { nos: sorted, total: found.total, sort, isIn: () => true })
  return listOf(order, { nos: order.nos, total: found.total, sort, isIn: (no) => passes(columns, facts, no) })
}

/** One in as many: sorting them by themselves takes less than finding them one by one in the order of all may take. */
const FEW = 500

function sortedFew(
  { total, nos, sorted }: KeptFilter,
  { order, sort, sparse }: { order: CaseOrder; sort: Sort; sparse: boolean }
): Uint32Array | null {
  const known = sorted.get(sort.column)
  if (known !== undefined) return known
  if (nos === null || (total > order.nos.length / FEW && !sparse)) return null
  const made = order.sort(nos)
  sorted.set(sort.column, made)
  return made
}

interface KeptFilter {
  readonly total: number
  /** The cases themselves, rising, unless they are a great part of all. */
  readonly nos: Uint32Array<ArrayBuffer> | null
  readonly sorted: Map<Sort['column'], Uint32Array>
}

/** Paging and sorting anew ask for the same filter again. */
const MOST_KEPT = 12
const MOST_NOS = 250_000
const kept = new WeakMap<FactColumns, Map<string, KeptFilter>>()
let room = new Uint32Array()

function keptFilter(columns: FactColumns, facts: FactFilter): KeptFilter {
  const filters = kept.get(columns) ?? new Map<string, KeptFilter>()
  kept.set(columns, filters)
  const name = JSON.stringify(facts)
  const known = filters.get(name)
  if (known !== undefined) return known
  if (room.length < columns.end) room = new Uint32Array(columns.words.length)
  const total = filterInto(columns, facts, room)
  const found = { total, nos: total <= MOST_NOS ? room.slice(0, total) : null, sorted: new Map() }
  const oldest = filters.keys().next().value
  if (filters.size >= MOST_KEPT && oldest !== undefined) filters.delete(oldest)
  filters.set(name, found)
  return found
}

interface Sequence {
  readonly nos: Uint32Array
  readonly total: number
  readonly sort: Sort
  readonly isIn: (no: number) => boolean
}

function listOf(order: CaseOrder, { nos, total, sort, isIn }: Sequence): FilteredList {
  const { length } = nos
  // The blank ones are the last of the rising order and stay last in the falling one.
  const valued = firstIndex(length, (at) => order.isBlank(nos[at] ?? 0))
  const falling = (at: number): number => (at < valued ? valued - 1 - at : length - 1 - (at - valued))
  const noAt = (at: number): number => nos[sort.descending ? falling(at) : at] ?? 0
  const fromPlace = (no: number, place: ListPlace): number => {
    const isPlaceBlank = order.isBlank(place.no) && isKeyOf(order, place)
    if (order.isBlank(no) !== isPlaceBlank) return isPlaceBlank ? -1 : 1
    const rising = comparePlace(order, no, place)
    return sort.descending ? -rising : rising
  }
  return {
    total,
    length,
    noAt,
    isIn,
    keyOf: order.keyOf,
    indexAfter: (place) => firstIndex(length, (at) => fromPlace(noAt(at), place) > 0),
    indexBefore: (place) => firstIndex(length, (at) => fromPlace(noAt(at), place) >= 0)
  }
}

/** By what the place remembers; by the text as well while its case has the same key still. */
function comparePlace(order: CaseOrder, no: number, place: ListPlace): number {
  if (isKeyOf(order, place)) return order.compare(no, place.no)
  const [high, low] = order.keyOf(no)
  return high - place.key[0] || low - place.key[1] || no - place.no
}

function isKeyOf(order: CaseOrder, { no, key }: ListPlace): boolean {
  const [high, low] = order.keyOf(no)
  return high === key[0] && low === key[1]
}

/** The first index from which on it holds. */
function firstIndex(length: number, holds: (at: number) => boolean): number {
  let [low, high] = [0, length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}
