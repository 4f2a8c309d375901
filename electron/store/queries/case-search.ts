import { matchQuery } from '#shared/domain/search/match.ts'
import { parseQuery, type SearchQuery } from '#shared/domain/search/parse-query.ts'
import { planQuery } from '#shared/domain/search/plan-query.ts'
import { unpackSearchable } from '#shared/domain/search/searchable.ts'
import { showMatch } from '#shared/domain/search/show-match.ts'
import type { SearchHit, SearchPage } from '#shared/ipc/views.ts'
import { termHasher } from '#shared/store-format/postings/posting-store.ts'
import { casesBehind } from '#shared/store-format/search-behind.ts'
import type { ReadableDb } from '../db/statements.ts'
import { rowsByNos, rowToCaseRow, type StoredRow } from '../db/stored-rows.ts'
import { type Candidates, candidatesOf } from '../search/candidates.ts'

/** Counting goes on past the shown hits up to this. */
const MOST_COUNTED = 500

/** Cases that are looked at together while some of them may turn out not to match. */
const FEWEST_LOOKS = 8
const MOST_LOOKS = 50

/** The newest cases that the text is found in, applicants first where all are shown, and how many there are as far as counting is cheap. */
export function searchCases(db: ReadableDb, request: { text: string; limit: number }): SearchPage {
  const started = performance.now()
  const totals = db.get<{ cases: number; last_no: number }>('SELECT cases, last_no FROM case_totals WHERE one = 1')
  const [cases, lastNo] = [totals?.cases ?? 0, totals?.last_no ?? 0]
  const query = parseQuery(request.text)
  const candidates = candidatesOf(db, planQuery(query, termHasher(db)), lastNo)
  const found: SearchHit[] = []
  let no = candidates.next(lastNo)
  while (no > 0 && found.length < request.limit) {
    const wanted = request.limit - found.length
    const looks = candidates.exact ? wanted : Math.min(MOST_LOOKS, wanted + FEWEST_LOOKS)
    const nos: number[] = []
    for (; no > 0 && nos.length < looks; no = candidates.next(no - 1)) nos.push(no)
    for (const row of rowsByNos(db, nos)) {
      const hit = hitOf(query, row)
      if (hit !== null) found.push(hit)
    }
  }
  const { more, atLeast } = countOn(candidates, no, found.length)
  const showsAll = more === 0 && !atLeast && found.length <= request.limit
  return {
    hits: showsAll ? applicantsFirst(found) : found.slice(0, request.limit),
    total: found.length + more,
    atLeast,
    searched: Math.max(0, cases - casesBehind(db)),
    tookMs: performance.now() - started
  }
}

/** Where all finds are shown, those who apply stand before those who are found by their family; each group newest first. */
const applicantsFirst = (hits: readonly SearchHit[]): SearchHit[] => [
  ...hits.filter(({ matched }) => matched !== 'otherName'),
  ...hits.filter(({ matched }) => matched === 'otherName')
]

/** Null when the case does not have what was asked for after all. */
function hitOf(query: SearchQuery, row: StoredRow): SearchHit | null {
  const searchable = unpackSearchable(row.searchable, row.application_no)
  const matches = matchQuery(query, searchable)
  const match = matches === null ? null : showMatch(matches, searchable)
  return match === null ? null : { row: rowToCaseRow(row), ...match }
}

/** Counts from `no` on without looking at the cases; where only a look could tell, it is left open. */
function countOn(candidates: Candidates, no: number, found: number): { more: number; atLeast: boolean } {
  if (no === 0) return { more: 0, atLeast: false }
  if (!candidates.exact) return { more: 0, atLeast: true }
  let more = 0
  let next = no
  for (; next > 0 && found + more < MOST_COUNTED; next = candidates.next(next - 1)) more += 1
  return { more, atLeast: next > 0 }
}
