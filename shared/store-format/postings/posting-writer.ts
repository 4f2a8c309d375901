import type { SqlReader, SqlWriter } from '../sql.ts'
import { encodePostings, PostingBlock } from './posting-block.ts'
import { blockKey, blockStartOf, rewriteTerm, termOf } from './posting-store.ts'

/**
 * Writes posting lists in the order of their keys, a few at a time: as they are while nobody else has put anything into
 * the index, merged with what is there from then on. Writing the same list twice does no harm.
 */
export interface PostingWriter {
  /** Takes lists until `write` returns; one call a transaction. */
  in(tx: SqlWriter, write: (sink: PostingSink) => void): void
}

export interface PostingSink {
  /** Rising case numbers of a term. */
  list(term: number, nos: Uint32Array): void
  /** A part of a list, as `encodePostings` has cut and packed it. */
  block(key: bigint, bytes: Uint8Array): void
}

/** One for each pass. */
export function createPostingWriter(): PostingWriter {
  /** Rows that this connection had changed at the end of the last transaction; null: there was none yet. */
  let changesSeen: number | null = null
  let isFresh = false
  return {
    in: (tx, write) => {
      if (changesSeen === null) isFresh = tx.get('SELECT key FROM search_blocks LIMIT 1') === undefined
      else if (changesOf(tx) !== changesSeen) isFresh = false // somebody wrote since: single changes may have made blocks
      write(isFresh ? fresh(tx) : merging(tx))
      changesSeen = changesOf(tx)
    }
  }
}

/** Rows that this connection has ever changed. */
const changesOf = (tx: SqlReader): number => tx.pluck<number>('SELECT total_changes()') ?? 0

function fresh(tx: SqlWriter): PostingSink {
  const block = (key: bigint, bytes: Uint8Array): void => {
    tx.run('INSERT INTO search_blocks (key, postings) VALUES (?, ?)', key, bytes)
  }
  return {
    list: (term, nos) => {
      for (const { start, bytes } of encodePostings(nos)) block(blockKey(term, start), bytes)
    },
    block
  }
}

function merging(tx: SqlWriter): PostingSink {
  const list = (term: number, added: Uint32Array): void => rewriteTerm(tx, term, { added, removed: NO_NUMBERS })
  return {
    list,
    block: (key, bytes) => list(termOf(key), new PostingBlock(blockStartOf(key), bytes).decode())
  }
}

const NO_NUMBERS = new Uint32Array()
