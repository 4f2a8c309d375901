import type { TermRange } from '#shared/domain/search/query-plan.ts'
import { TermHasher, termKeyOf } from '#shared/domain/search/term-hash.ts'
import type { ReadableDb, SqlValue } from '../statements.ts'
import type { WriteTx } from '../write-tx.ts'
import { BLOCK_ALIGNMENT, encodePostings, PostingBlock } from './posting-block.ts'

/**
 * The posting lists in the store. A list lies in blocks under keys that rise with term and case number; additions of
 * single cases gather in `search_recent` first, because a new case has fifty terms and each block would be a page to
 * write. Reading a term means both.
 */

const BLOCKS_PER_TERM = 65_536

/** Additions that gather before they are folded into the blocks: about 150 new cases. */
const MOST_RECENT = 8192

export const blockKey = (term: number, no: number): bigint =>
  BigInt(term) * BigInt(BLOCKS_PER_TERM) + BigInt(Math.floor(no / BLOCK_ALIGNMENT))

export const termHasher = (db: ReadableDb): TermHasher => {
  const bytes = db.pluck<Uint8Array>('SELECT term_key FROM search_meta WHERE one = 1')
  if (bytes === undefined) throw new Error('the search index has no term key')
  return new TermHasher(termKeyOf(bytes))
}

interface BlockRow {
  readonly term: number
  readonly block: number
  readonly postings: Uint8Array
}

export interface StoredBlock {
  readonly term: number
  readonly block: PostingBlock
}

/** The newest block of the highest term in the range that begins at or below the case number; terms go first. */
export function blockBelow(db: ReadableDb, { low, high }: TermRange, no: number): StoredBlock | null {
  const row = db.get<BlockRow>(
    `SELECT key / ${BLOCKS_PER_TERM} AS term, key % ${BLOCKS_PER_TERM} AS block, postings FROM search_blocks
     WHERE key BETWEEN ? AND ? ORDER BY key DESC LIMIT 1`,
    blockKey(low, 0),
    blockKey(high, no)
  )
  if (row === undefined) return null
  return { term: row.term, block: new PostingBlock(row.block * BLOCK_ALIGNMENT, row.postings) }
}

/** What is not in the blocks yet, falling. */
export const recentNos = (db: ReadableDb, { low, high }: TermRange): number[] =>
  db
    .all<{ no: number }>('SELECT no FROM search_recent WHERE term BETWEEN ? AND ? ORDER BY no DESC', low, high)
    .map(({ no }) => no)

/** Puts a case under more terms and takes it from others. Both lists are sorted. */
export function changePostings(
  tx: WriteTx,
  no: number,
  { added, removed }: { added: ArrayLike<number>; removed: ArrayLike<number> }
): void {
  let recent = tx.pluck<number>('SELECT recent FROM search_meta WHERE one = 1') ?? 0
  for (const term of Array.from(removed)) {
    const { changes } = tx.run('DELETE FROM search_recent WHERE term = ? AND no = ?', term, no)
    if (changes === 0) removeFromBlock(tx, term, no)
    recent -= changes
  }
  for (const term of Array.from(added)) {
    recent += tx.run('INSERT OR IGNORE INTO search_recent (term, no) VALUES (?, ?)', term, no).changes
  }
  tx.run('UPDATE search_meta SET recent = ? WHERE one = 1', recent)
  if (recent > MOST_RECENT) foldRecent(tx)
}

function removeFromBlock(tx: WriteTx, term: number, no: number): void {
  const stored = blockBelow(tx, { low: term, high: term }, no)
  if (stored === null) return
  const nos = stored.block.decode()
  const left = nos.filter((one) => one !== no)
  if (left.length !== nos.length) replaceBlock(tx, { term, start: stored.block.start, nos: left })
}

/** The block anew, in as many blocks as its numbers need now; an empty one goes. */
function replaceBlock(tx: WriteTx, { term, start, nos }: { term: number; start: number; nos: Uint32Array }): void {
  const blocks = encodePostings(nos)
  if (blocks[0]?.start !== start) tx.run('DELETE FROM search_blocks WHERE key = ?', blockKey(term, start))
  for (const block of blocks) {
    const key = blockKey(term, block.start)
    tx.run(
      'INSERT INTO search_blocks (key, postings) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET postings = excluded.postings',
      ...([key, block.bytes] satisfies SqlValue[])
    )
  }
}

/**
 * Moves the recent additions into the blocks. A store does it by itself when many have gathered; called in a quiet
 * moment it keeps that out of somebody's way.
 */
export function foldRecent(tx: WriteTx): void {
  const rows = tx.all<{ term: number; no: number }>('SELECT term, no FROM search_recent ORDER BY term, no')
  if (rows.length === 0) return
  for (let from = 0; from < rows.length; ) {
    const term = rows[from]?.term ?? 0
    let to = from + 1
    while (rows[to]?.term === term) to += 1
    addToBlocks(
      tx,
      term,
      Uint32Array.from(rows.slice(from, to), ({ no }) => no)
    )
    from = to
  }
  tx.run('DELETE FROM search_recent')
  tx.run('UPDATE search_meta SET recent = 0 WHERE one = 1')
}

/** Adds rising case numbers to a term: from the newest block down, each block with the numbers that belong to it. */
export function addToBlocks(tx: WriteTx, term: number, nos: Uint32Array): void {
  const range = { low: term, high: term }
  let left = nos
  while (left.length > 0) {
    const stored = blockBelow(tx, range, left.at(-1) ?? 0)
    const first = stored === null ? 0 : firstAtOrAbove(left, stored.block.start)
    const belonging = left.subarray(first)
    if (stored === null) replaceBlock(tx, { term, start: -1, nos: belonging })
    else replaceBlock(tx, { term, start: stored.block.start, nos: union(stored.block.decode(), belonging) })
    left = left.subarray(0, first)
  }
}

function firstAtOrAbove(nos: Uint32Array, floor: number): number {
  const at = nos.findIndex((no) => no >= floor)
  return at < 0 ? nos.length : at
}

function union(one: Uint32Array, other: Uint32Array): Uint32Array {
  const all = new Uint32Array(one.length + other.length)
  all.set(one)
  all.set(other, one.length)
  all.sort()
  let kept = 0
  for (const no of all) if (kept === 0 || all[kept - 1] !== no) all[kept++] = no
  return all.subarray(0, kept)
}
