import { err, ok, type Result } from '#shared/foundation/result.ts'
import { type CaseListRequest, PAGE_ROWS } from '#shared/ipc/contract.ts'
import type { CasePage } from '#shared/ipc/views.ts'
import type { ReadableDb } from '../db/statements.ts'
import { rowsByNos, rowToCaseRow } from '../db/stored-rows.ts'
import { factFilter } from './case-filter.ts'
import { factColumns } from './fact-columns.ts'
import { type FilteredList, filteredList } from './filtered-list.ts'
import { type ListPlace, readPlace, writePlace } from './list-place.ts'

/**
 * A page of the list. A page goes on from a case, not from a count, so that rows which come or go meanwhile neither
 * repeat nor hide any. `firstRank` counts on from the first or the last page.
 */
export function listCases(
  db: ReadableDb,
  { filter, sort, from }: CaseListRequest,
  me: string
): Result<CasePage, { type: 'PlaceUnreadable' }> {
  const columns = factColumns(db)
  const place = from.at === 'place' ? readPlace(from.place, sort) : null
  if (from.at === 'place' && place === null) return err({ type: 'PlaceUnreadable' })
  const facts = factFilter(columns, filter, me)
  if (facts === null) return ok(EMPTY)
  const isBackwards = from.at === 'last' || place?.direction === 'previous'
  const pageOf = isBackwards ? pageBefore : pageAfter
  let list = filteredList(db, columns, { facts, sort, sparse: false })
  let page = pageOf(list, place)
  if (page === null) {
    list = filteredList(db, columns, { facts, sort, sparse: true })
    page = pageOf(list, place, { patient: true })
  }
  const first = page?.nos[0]
  const last = page?.nos.at(-1)
  if (page === null || first === undefined || last === undefined) return ok({ ...EMPTY, total: list.total })
  const placeAt = (direction: ListPlace['direction'], no: number, rank: number): string =>
    writePlace(sort, { direction, no, key: list.keyOf(no), rank })
  return ok({
    rows: rowsByNos(db, page.nos).map((row) => rowToCaseRow(row)),
    total: list.total,
    next: page.hasNext ? placeAt('next', last, page.rank + page.nos.length) : null,
    previous: page.hasPrevious ? placeAt('previous', first, page.rank) : null,
    firstRank: page.rank
  })
}

const EMPTY: CasePage = { rows: [], total: 0, next: null, previous: null, firstRank: 1 }

interface PageOfNos {
  readonly nos: readonly number[]
  readonly rank: number
  readonly hasNext: boolean
  readonly hasPrevious: boolean
}

/** Part of the list that may be passed over before it is asked to be made sparse. */
const PATIENCE = 1 / 50

/** From the beginning of the list or from after the place; null when the way is too long. */
function pageAfter(list: FilteredList, place: ListPlace | null, patient?: { patient: true }): PageOfNos | null {
  const start = place === null ? 0 : list.indexAfter(place)
  const end = patient ? list.length : Math.min(list.length, start + list.length * PATIENCE)
  const nos: number[] = []
  let at = start
  for (; at < end && nos.length <= PAGE_ROWS; at++) {
    const no = list.noAt(at)
    if (list.isIn(no)) nos.push(no)
  }
  const hasNext = nos.length > PAGE_ROWS
  if (!hasNext && at < list.length) return null
  return { nos: nos.slice(0, PAGE_ROWS), rank: place?.rank ?? 1, hasNext, hasPrevious: place !== null }
}

/** The rows before the place, or the last of the list; null when the way is too long. */
function pageBefore(list: FilteredList, place: ListPlace | null, patient?: { patient: true }): PageOfNos | null {
  const end = place === null ? list.length : list.indexBefore(place)
  const start = patient ? 0 : Math.max(0, end - list.length * PATIENCE)
  const nos: number[] = []
  let at = end - 1
  for (; at >= start && nos.length <= PAGE_ROWS; at--) {
    const no = list.noAt(at)
    if (list.isIn(no)) nos.push(no)
  }
  const hasPrevious = nos.length > PAGE_ROWS
  if (!hasPrevious && at >= 0) return null
  const shown = nos.slice(0, PAGE_ROWS).reverse()
  const rank = (place === null ? list.total + 1 : place.rank) - shown.length
  return { nos: shown, rank: hasPrevious ? Math.max(1, rank) : 1, hasNext: place !== null, hasPrevious }
}
