import { err, ok, type Result } from '#shared/foundation/result.ts'
import { type CaseListRequest, PAGE_ROWS } from '#shared/ipc/contract.ts'
import type { CasePage } from '#shared/ipc/views.ts'
import { rowsByNos, rowToCaseRow } from '../db/case-columns.ts'
import type { ReadableDb } from '../db/statements.ts'
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
  const list = filteredList(db, columns, { facts, sort })
  const page = from.at === 'last' || place?.direction === 'previous' ? pageBefore(list, place) : pageAfter(list, place)
  const first = page.nos[0]
  const last = page.nos.at(-1)
  if (first === undefined || last === undefined) return ok({ ...EMPTY, total: list.total })
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

/** From the beginning of the list or from after the place. */
function pageAfter(list: FilteredList, place: ListPlace | null): PageOfNos {
  const start = place === null ? 0 : list.indexAfter(place)
  const nos: number[] = []
  for (let at = start; at < list.length && nos.length <= PAGE_ROWS; at++) {
    const no = list.noAt(at)
    if (list.isIn(no)) nos.push(no)
  }
  const hasNext = nos.length > PAGE_ROWS
  return { nos: nos.slice(0, PAGE_ROWS), rank: place?.rank ?? 1, hasNext, hasPrevious: place !== null }
}

/** The rows before the place, or the last of the list. */
function pageBefore(list: FilteredList, place: ListPlace | null): PageOfNos {
  const end = place === null ? list.length : list.indexBefore(place)
  const nos: number[] = []
  for (let at = end - 1; at >= 0 && nos.length <= PAGE_ROWS; at--) {
    const no = list.noAt(at)
    if (list.isIn(no)) nos.push(no)
  }
  const hasPrevious = nos.length > PAGE_ROWS
  const shown = nos.slice(0, PAGE_ROWS).reverse()
  const rank = (place === null ? list.total + 1 : place.rank) - shown.length
  return { nos: shown, rank: hasPrevious ? Math.max(1, rank) : 1, hasNext: place !== null, hasPrevious }
}
