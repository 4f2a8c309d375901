import type { TermRange } from '#shared/domain/search/query-plan.ts'
import { storeVersion } from '../db/case-facts.ts'
import { type RecentChange, recentChanges } from '../db/postings/posting-store.ts'
import type { ReadableDb } from '../db/statements.ts'

/** What the blocks do not say yet, ready for asking. */
export interface RecentPostings {
  /** Case numbers that a term of the range was added to, falling, each once. */
  addedTo(range: TermRange): readonly number[]
  /** Case numbers that are no longer under the term, though a block says so; null when there are none. */
  removedFrom(term: number): ReadonlySet<number> | null
}

const kept = new WeakMap<ReadableDb, { readonly version: number; readonly postings: RecentPostings }>()

/** Read anew only when some case has changed. Not to be asked for inside a write transaction. */
export function recentPostings(db: ReadableDb): RecentPostings {
  const version = storeVersion(db)
  const known = kept.get(db)
  if (known?.version === version) return known.postings
  const postings = createRecentPostings(recentChanges(db))
  kept.set(db, { version, postings })
  return postings
}

function createRecentPostings(changes: readonly RecentChange[]): RecentPostings {
  const removed = new Map<number, Set<number>>()
  const noByTerm: Array<readonly [term: number, no: number]> = []
  for (const { no, added, removed: gone } of changes) {
    for (const term of added) noByTerm.push([term, no])
    for (const term of gone) removed.set(term, (removed.get(term) ?? new Set()).add(no))
  }
  noByTerm.sort((one, other) => one[0] - other[0])
  return {
    addedTo: ({ low, high }) => {
      const nos = new Set<number>()
      for (let at = firstAtOrAbove(noByTerm, low); at < noByTerm.length; at++) {
        const [term, no] = noByTerm[at] ?? [Number.POSITIVE_INFINITY, 0]
        if (term > high) break
        nos.add(no)
      }
      return [...nos].sort((one, other) => other - one)
    },
    removedFrom: (term) => removed.get(term) ?? null
  }
}

function firstAtOrAbove(noByTerm: ReadonlyArray<readonly [term: number, no: number]>, low: number): number {
  let [from, to] = [0, noByTerm.length]
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((noByTerm[middle]?.[0] ?? 0) < low) from = middle + 1
    else to = middle
  }
  return from
}
