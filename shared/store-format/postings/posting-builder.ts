import { emitTerms } from '#shared/domain/search/search-terms.ts'
import type { Searchable } from '#shared/domain/search/searchable.ts'
import type { SqlReader, SqlWriter } from '../sql.ts'
import { PostingAccumulator } from './posting-accumulator.ts'
import { encodePostings } from './posting-block.ts'
import { blockKey, rewriteTerm, termHasher } from './posting-store.ts'

/** Gathers the posting lists of many cases, in rising order, and writes them in the order of their keys. */
export interface PostingBuilder {
  add(no: number, searchable: Searchable): void
  /** As much has gathered as memory is meant for: write before adding more. */
  isFull(): boolean
  /**
   * Writes the next so many terms of what has gathered; false: that was all, and the builder is empty. Once begun, go
   * on to the end before adding. Writing the same cases twice does no harm.
   */
  write(tx: SqlWriter, mostTerms: number): boolean
  /** Forgets what has gathered. */
  clear(): void
}

export function createPostingBuilder(db: SqlReader, mostBytes: number): PostingBuilder {
  const hasher = termHasher(db)
  const accumulator = new PostingAccumulator()
  let lists: Iterator<readonly [term: number, nos: Uint32Array]> | null = null
  let isFresh = false
  let changesSeen = 0
  return {
    add: (no, searchable) => emitTerms(searchable, hasher, (term) => accumulator.add(term, no)),
    isFull: () => accumulator.bytes > mostBytes,
    write: (tx, mostTerms) => {
      if (lists === null) {
        lists = accumulator.drain()
        isFresh = tx.get('SELECT key FROM search_blocks LIMIT 1') === undefined
      } else if (changesOf(tx) !== changesSeen) isFresh = false // somebody wrote since: single changes may have made blocks
      for (let left = mostTerms; left > 0; left--) {
        const next = lists.next()
        if (next.done === true) {
          lists = null
          return false
        }
        const [term, nos] = next.value
        if (isFresh) insertTerm(tx, term, nos)
        else rewriteTerm(tx, term, { added: nos, removed: NO_NUMBERS })
      }
      changesSeen = changesOf(tx)
      return true
    },
    clear: () => {
      lists = null
      accumulator.clear()
    }
  }
}

/** Rows that this connection has ever changed. */
const changesOf = (tx: SqlReader): number => tx.pluck<number>('SELECT total_changes()') ?? 0

const NO_NUMBERS = new Uint32Array()

function insertTerm(tx: SqlWriter, term: number, nos: Uint32Array): void {
  for (const { start, bytes } of encodePostings(nos)) {
    tx.run('INSERT INTO search_blocks (key, postings) VALUES (?, ?)', blockKey(term, start), bytes)
  }
}
