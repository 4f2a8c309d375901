import type { TermRange } from '#shared/domain/search/query-plan.ts'
import { TermHasher, termKeyOf } from '#shared/domain/search/term-hash.ts'
import type { SqlReader, SqlWriter } from '../sql.ts'
import { BLOCK_ALIGNMENT, type EncodedBlock, encodePostings, PostingBlock } from './posting-block.ts'

/**
 * The posting lists in the store. A list lies in blocks under keys that rise with term and case number. A new case has
 * fifty terms and each block would be a page to write, so what single cases change gathers in `search_recent` first, one
 * row a case. Reading a term means both.
 */

export const BLOCKS_PER_TERM = 65_536

/** Cases that gather before they are folded into the blocks. */
const MOST_RECENT = 128

export const blockKey = (term: number, no: number): bigint =>
  BigInt(term) * BigInt(BLOCKS_PER_TERM) + BigInt(Math.floor(no / BLOCK_ALIGNMENT))

export const termOf = (key: bigint): number => Number(key / BigInt(BLOCKS_PER_TERM))
export const blockStartOf = (key: bigint): number => Number(key % BigInt(BLOCKS_PER_TERM)) * BLOCK_ALIGNMENT

export const termHasher = (db: SqlReader): TermHasher => {
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
export function blockBelow(db: SqlReader, { low, high }: TermRange, no: number): StoredBlock | null {
  const row = db.get<BlockRow>(
    `SELECT key / ${BLOCKS_PER_TERM} AS term, key % ${BLOCKS_PER_TERM} AS block, postings FROM search_blocks
     WHERE key BETWEEN ? AND ? ORDER BY key DESC LIMIT 1`,
    blockKey(low, 0),
    blockKey(high, no)
  )
  if (row === undefined) return null
  return { term: row.term, block: new PostingBlock(row.block * BLOCK_ALIGNMENT, row.postings) }
}

/** How the terms of a case differ from what the blocks say of it. Both lists are sorted. */
export interface RecentChange {
  readonly no: number
  readonly added: Float64Array
  readonly removed: Float64Array
}

interface RecentRow {
  readonly no: number
  readonly added: Uint8Array
  readonly removed: Uint8Array
}

export const recentChanges = (db: SqlReader): RecentChange[] =>
  db.all<RecentRow>('SELECT no, added, removed FROM search_recent ORDER BY no').map((row) => rowToChange(row))

const rowToChange = ({ no, added, removed }: RecentRow): RecentChange => ({
  no,
  added: bytesToTerms(added),
  removed: bytesToTerms(removed)
})

const bytesToTerms = (bytes: Uint8Array): Float64Array => new Float64Array(bytes.slice().buffer)
const termsToBytes = (terms: Float64Array): Uint8Array =>
  new Uint8Array(terms.buffer, terms.byteOffset, terms.byteLength)

/**
 * Puts a case under the terms of `after` instead of those of `before`. `isBehind`: an index pass may have it under those
 * of `before` already or not yet, so all that is true is written down as added. What is no longer true always counts as
 * removed, whether the blocks have it or not: to take it out of them once more does no harm.
 */
export function changeTerms(
  tx: SqlWriter,
  no: number,
  { before, after, isBehind }: { before: Float64Array; after: Float64Array; isBehind: boolean }
): void {
  const recent = recentChange(tx, no)
  // What counts as removed may never have been in the blocks: coming back, it is added, even if once too often.
  const surelyInBlocks = recent === null ? before : without(before, recent.added)
  const added = isBehind ? after : without(after, surelyInBlocks)
  const removed = without(Float64Array.from(new Set([...before, ...(recent?.removed ?? [])])).sort(), after)
  tx.run(
    `INSERT INTO search_recent (no, added, removed) VALUES (?, ?, ?)
     ON CONFLICT (no) DO UPDATE SET added = excluded.added, removed = excluded.removed`,
    no,
    termsToBytes(added),
    termsToBytes(removed)
  )
  if (recentCount(tx) > MOST_RECENT) foldRecent(tx)
}

/** Cases that wait to be folded in. */
export const recentCount = (db: SqlReader): number => db.pluck<number>('SELECT count(*) FROM search_recent') ?? 0

/** Takes a case out of the index, at once. */
export function removeTerms(tx: SqlWriter, no: number, terms: Float64Array): void {
  for (const term of termsInBlocks(tx, no, terms)) {
    rewriteTerm(tx, term, { added: NO_NUMBERS, removed: Uint32Array.of(no) })
  }
  tx.run('DELETE FROM search_recent WHERE no = ?', no)
}

/**
 * The terms under which the blocks may have a case that has these terms by now: all of them, since those that count as
 * added may have come into the blocks too, by an index pass that a change cut off, and those that count as removed.
 */
const termsInBlocks = (tx: SqlWriter, no: number, terms: Float64Array): Float64Array =>
  Float64Array.from(new Set([...terms, ...(recentChange(tx, no)?.removed ?? [])])).sort()

function recentChange(tx: SqlWriter, no: number): RecentChange | null {
  const row = tx.get<RecentRow>('SELECT no, added, removed FROM search_recent WHERE no = ?', no)
  return row === undefined ? null : rowToChange(row)
}

function without(terms: Float64Array, others: Float64Array): Float64Array {
  const left = new Set(others)
  return terms.filter((term) => !left.has(term))
}

const NO_NUMBERS = new Uint32Array()

/**
 * Folds what single cases changed into the blocks. A store does it by itself when much has gathered; called in a quiet
 * moment it keeps that out of somebody's way. Gives back how many cases it was.
 */
export function foldRecent(tx: SqlWriter): number {
  const changes = recentChanges(tx)
  const byTerm = new Map<number, { added: number[]; removed: number[] }>()
  const listsOf = (term: number) => {
    const known = byTerm.get(term) ?? { added: [], removed: [] }
    byTerm.set(term, known)
    return known
  }
  for (const { no, added, removed } of changes) {
    for (const term of added) listsOf(term).added.push(no)
    for (const term of removed) listsOf(term).removed.push(no)
  }
  for (const term of [...byTerm.keys()].sort((a, b) => a - b)) {
    const { added, removed } = listsOf(term)
    rewriteTerm(tx, term, { added: Uint32Array.from(added), removed: Uint32Array.from(removed) })
  }
  tx.run('DELETE FROM search_recent')
  return changes.length
}

/** Adds rising case numbers to a term and takes others from it: from the newest block down, each with what is its own. */
export function rewriteTerm(
  tx: SqlWriter,
  term: number,
  { added, removed }: { added: Uint32Array; removed: Uint32Array }
): void {
  const range = { low: term, high: term }
  let [toAdd, toRemove] = [added, removed]
  while (toAdd.length + toRemove.length > 0) {
    const newest = Math.max(toAdd.at(-1) ?? 0, toRemove.at(-1) ?? 0)
    const stored = blockBelow(tx, range, newest)
    const start = stored?.block.start ?? 0
    const [addFrom, removeFrom] = [firstAtOrAbove(toAdd, start), firstAtOrAbove(toRemove, start)]
    const nos = merged(stored?.block.decode() ?? NO_NUMBERS, toAdd.subarray(addFrom), toRemove.subarray(removeFrom))
    replaceBlock(tx, { term, start: stored === null ? null : start, nos })
    toAdd = toAdd.subarray(0, addFrom)
    toRemove = toRemove.subarray(0, removeFrom)
  }
}

/** The block anew, in as many blocks as its numbers need now; an empty one goes. */
function replaceBlock(
  tx: SqlWriter,
  { term, start, nos }: { term: number; start: number | null; nos: Uint32Array }
): void {
  putBlocks(tx, { term, start, blocks: encodePostings(nos) })
}

/** In the place of the block that begins at `start`; null: of none. */
export function putBlocks(
  tx: SqlWriter,
  { term, start, blocks }: { term: number; start: number | null; blocks: readonly EncodedBlock[] }
): void {
  if (start !== null && blocks[0]?.start !== start) {
    tx.run('DELETE FROM search_blocks WHERE key = ?', blockKey(term, start))
  }
  for (const block of blocks) {
    tx.run(
      'INSERT INTO search_blocks (key, postings) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET postings = excluded.postings',
      blockKey(term, block.start),
      block.bytes
    )
  }
}

function firstAtOrAbove(nos: Uint32Array, floor: number): number {
  const at = nos.findIndex((no) => no >= floor)
  return at < 0 ? nos.length : at
}

function merged(nos: Uint32Array, added: Uint32Array, removed: Uint32Array): Uint32Array {
  const gone = new Set(removed)
  const all = new Uint32Array(nos.length + added.length)
  all.set(nos)
  all.set(added, nos.length)
  if (added.length > 0) all.sort()
  let kept = 0
  for (const no of all) if (!gone.has(no) && (kept === 0 || all[kept - 1] !== no)) all[kept++] = no
  return all.subarray(0, kept)
}
