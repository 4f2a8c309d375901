import { unpackSearchable } from '#shared/domain/search/searchable.ts'
import { ok } from '#shared/foundation/result.ts'
import { createPostingBuilder } from '#shared/store-format/postings/posting-builder.ts'
import { type Behind, behindOf, catchUpTo } from '#shared/store-format/search-behind.ts'
import type { StoreDb } from './database.ts'

/** Brings the search index up to the cases that a download has put in, in steps of a few milliseconds. */
export interface IndexPass {
  /** false: the index is up to date. */
  step(): boolean
}

/** Cases gathered, or terms written, in one step. */
export interface StepSize {
  readonly cases: number
  readonly terms: number
}
const A_FEW_MILLISECONDS: StepSize = { cases: 400, terms: 2500 }
const MOST_POSTING_BYTES = 48 * 1024 * 1024

interface Row {
  readonly no: number
  readonly application_no: string
  readonly searchable: string
}

/** What single changes have put under their terms already is passed over: the index would get what is no longer true. */
const ROWS = `SELECT no, application_no, searchable FROM cases
  WHERE no BETWEEN ? AND ? AND no NOT IN (SELECT no FROM search_recent) ORDER BY no LIMIT ?`

export function createIndexPass(db: StoreDb, size: StepSize = A_FEW_MILLISECONDS): IndexPass {
  const postings = createPostingBuilder(db, MOST_POSTING_BYTES)
  let range: Behind | null = null
  let gatheredTo = 0
  let isWriting = false

  const begin = (behind: Behind): void => {
    postings.clear()
    isWriting = false
    range = behind
    gatheredTo = behind.firstNo - 1
  }
  const gather = (lastNo: number): void => {
    const rows = db.all<Row>(ROWS, gatheredTo + 1, lastNo, size.cases)
    for (const { no, application_no, searchable } of rows) {
      postings.add(no, unpackSearchable(searchable, application_no))
    }
    gatheredTo = rows.length < size.cases ? lastNo : (rows.at(-1)?.no ?? lastNo)
    isWriting = gatheredTo === lastNo || postings.isFull()
  }
  const write = (): void => {
    db.write((tx) => {
      if (postings.write(tx, size.terms)) return ok(null)
      catchUpTo(tx, gatheredTo)
      range = null
      return ok(null)
    })
  }
  return {
    step: () => {
      const behind = behindOf(db)
      if (behind === null) return false
      const isOther = range === null || range.firstNo !== behind.firstNo || range.touched !== behind.touched
      if (isOther) begin(behind)
      else if (isWriting) write()
      else gather(range?.lastNo ?? behind.lastNo)
      return true
    }
  }
}
