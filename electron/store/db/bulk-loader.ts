import type { CaseRecord } from '#shared/domain/case/case.ts'
import { createCaseLoader } from '#shared/store-format/case-loader.ts'
import { createPostingBuilder } from '#shared/store-format/postings/posting-builder.ts'
import type { StoreDb } from './database.ts'
import { leaveLog } from './journal.ts'
import { createWriteTx } from './write-tx.ts'

/** Memory for postings before they are written. */
const MOST_POSTING_BYTES = 160 * 1024 * 1024

/** A case that was to be new is in the store already: nothing of the load can stay. */
export class CaseKnownError extends Error {
  override readonly name = 'CaseKnownError'
}

export interface BulkLoader {
  /**
   * Cases that the store does not know, the oldest first: the newest are found first.
   * @throws CaseKnownError
   */
  add(record: CaseRecord): void
  /** Writes what is left and ends the transaction. */
  finish(): void
  /** Leaves the store as it was. */
  abandon(): void
}

/** Fills a store in one transaction, lists and index in the order of their keys: for generated cases, while nobody works. */
export function createBulkLoader(db: StoreDb): BulkLoader {
  const { raw } = db
  const backToLog = leaveLog(raw)
  const tx = createWriteTx(raw)
  raw.exec('BEGIN IMMEDIATE')
  const loader = createCaseLoader(tx)
  const postings = createPostingBuilder(tx, MOST_POSTING_BYTES)
  const flush = (): void => {
    while (postings.write(tx, Number.POSITIVE_INFINITY));
  }
  const end = (sql: 'COMMIT' | 'ROLLBACK'): void => {
    if (raw.inTransaction) raw.exec(sql) // a full disk has rolled back by itself
    backToLog()
  }
  return {
    add: (record) => {
      const loaded = loader.add(record)
      if (loaded === null) throw new CaseKnownError('a case that was to be new is known')
      postings.add(loaded.no, loaded.searchable)
      if (postings.isFull()) flush()
    },
    finish: () => {
      loader.finish()
      flush()
      end('COMMIT')
    },
    abandon: () => end('ROLLBACK')
  }
}
