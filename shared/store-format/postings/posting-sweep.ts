import type { SqlReader, SqlWriter } from '../sql.ts'
import { BLOCK_ALIGNMENT, encodeRest, PostingBlock } from './posting-block.ts'
import { BLOCKS_PER_TERM, blockKey, putBlocks } from './posting-store.ts'

/**
 * Cases that left in bulk and that the posting lists still name. Taken out one by one, each would have the long lists of
 * its common terms decoded anew; one pass over all lists takes out any number of them.
 */

/** The case is no row any more. What single changes had gathered of it goes at once. */
export function putGone(tx: SqlWriter, no: number): void {
  tx.run('INSERT INTO search_gone (no) VALUES (?)', no)
  tx.run('DELETE FROM search_recent WHERE no = ?', no)
}

export const goneNos = (db: SqlReader): number[] =>
  db.all<{ no: number }>('SELECT no FROM search_gone ORDER BY no').map(({ no }) => no)

/** Whether the lists may still name a case that is gone. */
export const namesGone = (db: SqlReader): boolean => db.pluck('SELECT no FROM search_gone LIMIT 1') !== undefined

/** Whether numbers are among those that it was made of. */
export class NumberSet {
  private readonly bits: Uint8Array

  /** Rising. */
  constructor(nos: readonly number[]) {
    this.bits = new Uint8Array(((nos.at(-1) ?? 0) >>> 3) + 1)
    for (const no of nos) this.bits[no >>> 3] = (this.bits[no >>> 3] ?? 0) | (1 << (no & 7))
  }

  has(no: number): boolean {
    return ((this.bits[no >>> 3] ?? 0) & (1 << (no & 7))) !== 0
  }

  /** Moves the numbers that are not among them to the front; how many they are. */
  keepOthers(nos: Uint32Array): number {
    const { bits } = this
    let kept = 0
    for (let at = 0; at < nos.length; at++) {
      const no = nos[at] ?? 0
      if (((bits[no >>> 3] ?? 0) & (1 << (no & 7))) === 0) nos[kept++] = no
    }
    return kept
  }
}

/** Below every key. */
export const BEFORE_ALL = -1n

/** Takes the cases out of the next blocks behind the key. Gives back the key that it came to; null: that was the last. */
export function sweepBlocks(
  tx: SqlWriter,
  gone: NumberSet,
  { after, most }: { readonly after: bigint; readonly most: number }
): bigint | null {
  const rows = tx.all<{ term: number; block: number; postings: Uint8Array }>(
    `SELECT key / ${BLOCKS_PER_TERM} AS term, key % ${BLOCKS_PER_TERM} AS block, postings FROM search_blocks
     WHERE key > ? ORDER BY key LIMIT ?`,
    after,
    most
  )
  for (const { term, block, postings } of rows) {
    const start = block * BLOCK_ALIGNMENT
    const nos = new PostingBlock(start, postings).decode()
    const kept = gone.keepOthers(nos)
    if (kept === nos.length) continue
    const blocks = kept === 0 ? [] : [encodeRest(nos.subarray(0, kept))]
    putBlocks(tx, { term, start, blocks })
  }
  const last = rows.at(-1)
  return last === undefined || rows.length < most ? null : blockKey(last.term, last.block * BLOCK_ALIGNMENT)
}
