import type { SqlReader, SqlWriter } from './sql.ts'

/**
 * Cases that came in bulk and are not in the search index yet. Rows and list go first, so that a download's chunks are
 * short; the index follows in large steps, since each step rewrites the lists of every term that it meets.
 */
export interface Behind {
  /** Cases with a number in this range are not in the index, unless single changes have put them into `search_recent`. */
  readonly firstNo: number
  readonly lastNo: number
  /** Rises when one of them is changed or removed: whoever gathered their terms before has to gather anew. */
  readonly touched: number
}

/** null: the index is up to date. */
export function behindOf(db: SqlReader): Behind | null {
  const row = db.get<Behind>('SELECT first_no AS firstNo, last_no AS lastNo, touched FROM search_behind WHERE one = 1')
  return row ?? null
}

/** How many cases a search cannot find yet; a little too high when some of them have left again. */
export function casesBehind(db: SqlReader): number {
  const behind = behindOf(db)
  return behind === null ? 0 : behind.lastNo - behind.firstNo + 1
}

export const isBehind = (db: SqlReader, no: number): boolean =>
  db.pluck('SELECT one FROM search_behind WHERE ? BETWEEN first_no AND last_no', no) !== undefined

/** Cases from here on to the last are rows without an index entry now. */
export function putBehind(tx: SqlWriter, { firstNo, lastNo }: { firstNo: number; lastNo: number }): void {
  tx.run(
    `INSERT INTO search_behind (one, first_no, last_no, touched) VALUES (1, ?, ?, 0)
     ON CONFLICT (one) DO UPDATE SET last_no = excluded.last_no`,
    firstNo,
    lastNo
  )
}

export const touchBehind = (tx: SqlWriter): void => {
  tx.run('UPDATE search_behind SET touched = touched + 1 WHERE one = 1')
}

/** The index has caught up to the case with this number. */
export function catchUpTo(tx: SqlWriter, no: number): void {
  tx.run('UPDATE search_behind SET first_no = ? WHERE one = 1', no + 1)
  tx.run('DELETE FROM search_behind WHERE first_no > last_no')
}
