import type { TermRange } from '#shared/domain/search/query-plan.ts'
import { storeVersion } from '#shared/store-format/case-facts.ts'
import { type RecentChange, recentChanges } from '#shared/store-format/postings/posting-store.ts'
import { goneNos, NumberSet } from '#shared/store-format/postings/posting-sweep.ts'
import type { ReadableDb } from '../db/statements.ts'

export type Removed = Pick<ReadonlySet<number>, 'has'>

/** What the blocks do not say yet, ready for asking. */
export interface RecentPostings {
  /** Case numbers that a term of the range was added to, falling. */
  addedTo(range: TermRange): readonly number[]
  /** Case numbers that are no longer under the term, though a block says so; null when there are none. */
  removedFrom(term: number): Removed | null
}

const kept = new WeakMap<ReadableDb, { readonly version: number; readonly postings: RecentPostings }>()

/** Read anew only when some case has changed. Not to be asked for inside a write transaction. */
export function recentPostings(db: ReadableDb): RecentPostings {
  const version = storeVersion(db)
  const known = kept.get(db)
  if (known?.version === version) return known.postings
  const postings = createRecentPostings(recentChanges(db), goneNos(db))
  kept.set(db, { version, postings })
  return postings
}

function createRecentPostings(changes: readonly RecentChange[], gone: readonly number[]): RecentPostings {
  const falling = changes.toReversed()
  const removed = new Map<number, Set<number>>()
  for (const { no, removed: terms } of changes) {
    for (const term of terms) removed.set(term, (removed.get(term) ?? new Set()).add(no))
  }
  const goneFromAll = gone.length === 0 ? null : new NumberSet(gone)
  return {
    addedTo: (range) => falling.filter(({ added }) => holdsAny(added, range)).map(({ no }) => no),
    removedFrom: (term) => {
      const own = removed.get(term)
      if (own === undefined || goneFromAll === null) return own ?? goneFromAll
      return { has: (no) => own.has(no) || goneFromAll.has(no) }
    }
  }
}

/** Whether the sorted terms have one of the range. */
function holdsAny(terms: Float64Array, { low, high }: TermRange): boolean {
  let [from, to] = [0, terms.length]
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((terms[middle] ?? 0) < low) from = middle + 1
    else to = middle
  }
  return from < terms.length && (terms[from] ?? 0) <= high
}
