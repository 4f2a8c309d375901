import { emitTerms } from '#shared/domain/search/search-terms.ts'
import type { Searchable } from '#shared/domain/search/searchable.ts'
import type { SqlReader, SqlWriter } from '../sql.ts'
import { PostingAccumulator } from './posting-accumulator.ts'
import { termHasher } from './posting-store.ts'
import { createPostingWriter, type PostingWriter } from './posting-writer.ts'

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
  let writing: { readonly lists: Lists; readonly writer: PostingWriter } | null = null
  return {
    add: (no, searchable) => emitTerms(searchable, hasher, (term) => accumulator.add(term, no)),
    isFull: () => accumulator.bytes > mostBytes,
    write: (tx, mostTerms) => {
      writing ??= { lists: accumulator.drain(), writer: createPostingWriter() }
      const isMore = writeSome(tx, mostTerms, writing)
      if (!isMore) writing = null
      return isMore
    },
    clear: () => {
      writing = null
      accumulator.clear()
    }
  }
}

type Lists = Iterator<readonly [term: number, nos: Uint32Array]>

/** false: that was all. */
function writeSome(
  tx: SqlWriter,
  mostTerms: number,
  { lists, writer }: { readonly lists: Lists; readonly writer: PostingWriter }
): boolean {
  let isMore = true
  writer.in(tx, ({ list }) => {
    for (let left = mostTerms; left > 0 && isMore; left--) {
      const next = lists.next()
      if (next.done === true) isMore = false
      else list(...next.value)
    }
  })
  return isMore
}
