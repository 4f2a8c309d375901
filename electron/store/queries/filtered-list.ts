import type { CaseListRequest } from '#shared/ipc/contract.ts'
import type { ReadableDb } from '../db/statements.ts'
import { type FactFilter, filterInto, isEverything, passes } from './case-filter.ts'
import { type CaseOrder, caseOrder } from './case-order.ts'
import type { FactColumns } from './fact-columns.ts'
import type { ListPlace } from './list-place.ts'

/** The cases that pass a filter, as the list walks through them: those of a sequence that are in. */
export interface FilteredList {
  readonly total: number
  readonly length: number
  noAt(index: number): number
  isIn(no: number): boolean
  keyOf(no: number): number
  /** Index of the first case after the place, and of the first that is not before it. */
  indexAfter(place: ListPlace): number
  indexBefore(place: ListPlace): number
}

type Sort = CaseListRequest['sort']

export function filteredList(
  db: ReadableDb,
  columns: FactColumns,
  { facts, sort }: { facts: FactFilter; sort: Sort }
): FilteredList {
  const order = caseOrder(db, columns, sort.column)
  if (isEverything(facts)) return listOf(order, { nos: order.nos, total: columns.cases, sort, isIn: () => true })
  const found = keptFilter(columns, facts)
  if (found.nos === null) {
    return listOf(order, { nos: order.nos, total: found.total, sort, isIn: (no) => passes(columns, facts, no) })
  }
  const sorted = found.sorted.get(sort.column) ?? found.nos.slice().sort(order.compare)
  found.sorted.set(sort.column, sorted)
  return listOf(order, { nos: sorted, total: found.total, sort, isIn: () => true })
}

/** Sorting as many by themselves takes less than finding them one by one in the order of all may take. */
const FEW = 2048

interface KeptFilter {
  readonly total: number
  /** The cases themselves, when they are few. */
  readonly nos: Uint32Array | null
  readonly sorted: Map<Sort['column'], Uint32Array>
}

/** Paging and sorting anew ask for the same filter again. */
const MOST_KEPT = 8
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
  const found = { total, nos: total <= FEW ? room.slice(0, total) : null, sorted: new Map() }
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
    const isPlaceBlank = order.isBlank(place.no) && order.keyOf(place.no) === place.key
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
  if (order.keyOf(place.no) === place.key) return order.compare(no, place.no)
  return order.keyOf(no) - place.key || no - place.no
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
