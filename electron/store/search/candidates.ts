import type { Alternative, QueryPlan, TermRange } from '#shared/domain/search/query-plan.ts'
import { BLOCK_ALIGNMENT, type PostingBlock } from '#shared/store-format/postings/posting-block.ts'
import { blockBelow } from '#shared/store-format/postings/posting-store.ts'
import type { ReadableDb } from '../db/statements.ts'
import { type RecentPostings, type Removed, recentPostings } from './recent-postings.ts'

/** Case numbers from the newest down. */
export interface Candidates {
  /** The largest number not above `target`, 0 when there is none. `target` must not rise from call to call. */
  next(target: number): number
  /** About how many there are in all: from the newest block. */
  readonly estimate: number
  /** About how many blocks hold them. */
  readonly blocks: number
  /** Whether each of them has what was asked for; otherwise the case itself must tell. */
  readonly exact: boolean
}

const NONE: Candidates = { next: () => 0, estimate: 0, blocks: 0, exact: true }

/** What every list of a query is opened with. */
interface Lists {
  readonly db: ReadableDb
  readonly recent: RecentPostings
  readonly lastNo: number
}

/** The cases that the plan points at. */
export function candidatesOf(db: ReadableDb, plan: QueryPlan, lastNo: number): Candidates {
  if (plan.length === 0) return NONE
  const lists = { db, recent: recentPostings(db), lastNo }
  return allOf(
    plan.map((word) => anyOf(word.map((alternative) => ofAlternative(lists, alternative)))),
    lastNo
  )
}

function ofAlternative(lists: Lists, { ranges, exact }: Alternative): Candidates {
  const opened: Candidates[] = []
  for (const range of ranges) {
    const list = ofRange(lists, range)
    if (list.estimate === 0) return NONE
    opened.push(list)
  }
  const all = allOf(opened, lists.lastNo)
  return { ...all, exact: all.exact && exact }
}

/** What it costs to look at a case, to fetch a block and to read a number from it, in microseconds. */
const LOOK = 10
const FETCH = 8
const READ = 0.004

/**
 * Whether a list spares more looks at cases than its blocks cost. Asked for each case of a rarer list it opens at most
 * as many blocks as that has cases, and rules out those that it does not hold.
 */
function isWorthOpening(list: Candidates, rarest: Candidates, lastNo: number): boolean {
  const opened = Math.min(list.blocks, rarest.estimate)
  const cost = opened * (FETCH + (READ * list.estimate) / Math.max(1, list.blocks))
  return cost < LOOK * rarest.estimate * Math.max(0, 1 - list.estimate / lastNo)
}

/** The cases in every list. One that is not worth opening is left out: the case itself tells then. */
function allOf(lists: readonly Candidates[], lastNo: number): Candidates {
  const [rarest = NONE, ...others] = [...lists].sort((a, b) => a.estimate - b.estimate)
  const kept = others.filter((list) => isWorthOpening(list, rarest, lastNo))
  const exact = kept.length === others.length && lists.every((list) => list.exact)
  const { estimate, blocks } = rarest
  if (kept.length === 0) return { next: rarest.next, estimate, blocks, exact }
  const next = (target: number): number => {
    let no = rarest.next(target)
    for (let at = 0; no > 0 && at < kept.length; ) {
      const other = kept[at]?.next(no) ?? 0
      if (other === no) at += 1
      else {
        no = other === 0 ? 0 : rarest.next(other)
        at = 0
      }
    }
    return no
  }
  return { next, estimate, blocks: kept.reduce((sum, list) => sum + list.blocks, blocks), exact }
}

/** The cases in any of the lists. */
function anyOf(lists: readonly Candidates[]): Candidates {
  const used = lists.filter(({ estimate }) => estimate > 0)
  const [only] = used
  if (only === undefined) return NONE
  if (used.length === 1) return only
  const heads = used.map(() => Number.POSITIVE_INFINITY)
  const next = (target: number): number => {
    let most = 0
    for (let at = 0; at < used.length; at++) {
      let head = heads[at] ?? 0
      if (head > target) {
        head = used[at]?.next(target) ?? 0
        heads[at] = head
      }
      if (head > most) most = head
    }
    return most
  }
  return {
    next,
    estimate: used.reduce((sum, list) => sum + list.estimate, 0),
    blocks: used.reduce((sum, list) => sum + list.blocks, 0),
    exact: used.every((list) => list.exact)
  }
}

/** The cases under any term of a range: one list for each term that the store has, and what is not in blocks yet. */
function ofRange({ db, recent, lastNo }: Lists, range: TermRange): Candidates {
  const lists: Candidates[] = []
  for (let high = range.high; high >= range.low; ) {
    const newest = blockBelow(db, { low: range.low, high }, lastNo)
    if (newest === null) break
    const list = ofTerm(db, newest.term, { newest: newest.block, lastNo })
    const removed = recent.removedFrom(newest.term)
    lists.push(removed === null ? list : except(list, removed))
    high = newest.term - 1
  }
  const added = recent.addedTo(range)
  if (added.length > 0) lists.push(ofNumbers(added))
  return anyOf(lists)
}

function except(list: Candidates, removed: Removed): Candidates {
  const next = (target: number): number => {
    let no = list.next(target)
    while (removed.has(no)) no = list.next(no - 1)
    return no
  }
  return { ...list, next }
}

function ofTerm(
  db: ReadableDb,
  term: number,
  { newest, lastNo }: { newest: PostingBlock; lastNo: number }
): Candidates {
  let block: PostingBlock | null = newest
  const range = { low: term, high: term }
  const next = (target: number): number => {
    while (block !== null) {
      const found = target < block.start ? 0 : block.floor(target)
      if (found > 0) return found
      const below: number = Math.min(target, block.start - BLOCK_ALIGNMENT)
      block = below < 0 ? null : (blockBelow(db, range, below)?.block ?? null)
    }
    return 0
  }
  const span = Math.max(1, lastNo - newest.start + 1)
  const estimate = Math.max(1, Math.round((newest.count / span) * lastNo))
  return { next, estimate, blocks: Math.ceil(estimate / newest.count), exact: true }
}

function ofNumbers(falling: readonly number[]): Candidates {
  let at = 0
  const next = (target: number): number => {
    while ((falling[at] ?? 0) > target) at += 1
    return falling[at] ?? 0
  }
  return { next, estimate: falling.length, blocks: 0, exact: true }
}
