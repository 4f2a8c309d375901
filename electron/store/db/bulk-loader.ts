import Database from 'better-sqlite3-multiple-ciphers'
import type { CaseRecord } from '#shared/domain/case/case.ts'
import { emitTerms } from '#shared/domain/search/search-terms.ts'
import { packSearchable, searchableOf } from '#shared/domain/search/searchable.ts'
import { packRecord } from '#shared/store-format/case-body.ts'
import { caseToRow, INSERT_BODY, INSERT_CASE } from '#shared/store-format/case-columns.ts'
import {
  type CodeKind,
  caseFacts,
  codeNumber,
  FactsSegment,
  KeysSegment,
  segmentOf,
  sortKeysOf,
  storeFacts,
  storeKeys,
  storeVersion
} from '#shared/store-format/case-facts.ts'
import { PostingAccumulator } from '#shared/store-format/postings/posting-accumulator.ts'
import { encodePostings } from '#shared/store-format/postings/posting-block.ts'
import { blockKey, rewriteTerm, termHasher } from '#shared/store-format/postings/posting-store.ts'
import type { StoreDb } from './database.ts'
import { createWriteTx, type WriteTx } from './write-tx.ts'

/** Postings that gather in memory before they are written. */
const MOST_POSTING_BYTES = 160 * 1024 * 1024

export interface BulkLoader {
  /** Cases that the store does not know, the oldest first: the newest are found first. */
  add(record: CaseRecord): void
  /** Writes what is left and ends the transaction. */
  finish(): void
  /** Leaves the store as it was. */
  abandon(): void
}

/**
 * The fast way in for a first download: one transaction, lists and index written in the order of their keys. New pages
 * go straight to their place, since a rollback journal, unlike the WAL, need not hold them.
 */
export function createBulkLoader(db: StoreDb): BulkLoader {
  const { raw } = db
  leaveLog(raw)
  const tx = createWriteTx(raw)
  raw.exec('BEGIN IMMEDIATE')
  const insertCase = raw.prepare(INSERT_CASE)
  const insertBody = raw.prepare(INSERT_BODY)
  const hasher = termHasher(tx)
  const postings = createPostingSink(tx)
  const version = storeVersion(tx) + 1
  const facts = createFactsSink(tx, version)
  let no = tx.pluck<number>('SELECT last_no FROM case_totals WHERE one = 1') ?? 0
  let added = 0

  const end = (sql: 'COMMIT' | 'ROLLBACK'): void => {
    if (raw.inTransaction) raw.exec(sql) // a full disk has rolled back by itself
    raw.pragma('journal_mode = WAL')
  }

  return {
    add: (record) => {
      no += 1
      added += 1
      const searchable = searchableOf(record.case)
      insertCase.run(caseToRow(no, record.case, { waiting: false, searchable: packSearchable(searchable) }))
      insertBody.run(no, packRecord(record))
      facts.add(no, record)
      emitTerms(searchable, hasher, (term) => postings.add(term, no))
      if (postings.isFull()) postings.flush()
    },
    finish: () => {
      facts.flush()
      postings.flush()
      tx.run('UPDATE case_totals SET cases = cases + ?, last_no = ?, version = ? WHERE one = 1', added, no, version)
      end('COMMIT')
    },
    abandon: () => end('ROLLBACK')
  }
}

/** While another connection reads (the page check), the file stays in WAL mode: the cases go in by the log, only slower. */
function leaveLog(raw: Database.Database): void {
  try {
    raw.pragma('journal_mode = DELETE')
  } catch (error) {
    if (!(error instanceof Database.SqliteError) || error.code !== 'SQLITE_BUSY') throw error
  }
}

const NO_NUMBERS = new Uint32Array()

function createPostingSink(tx: WriteTx) {
  const accumulator = new PostingAccumulator()
  let isFresh = tx.get('SELECT key FROM search_blocks LIMIT 1') === undefined
  const insert = (term: number, nos: Uint32Array): void => {
    for (const { start, bytes } of encodePostings(nos)) {
      tx.run('INSERT INTO search_blocks (key, postings) VALUES (?, ?)', blockKey(term, start), bytes)
    }
  }
  return {
    add: (term: number, no: number) => accumulator.add(term, no),
    isFull: () => accumulator.bytes > MOST_POSTING_BYTES,
    flush: () => {
      accumulator.drain((term, nos) =>
        isFresh ? insert(term, nos) : rewriteTerm(tx, term, { added: nos, removed: NO_NUMBERS })
      )
      isFresh = false
    }
  }
}

/** Gathers whole segments; the first may have cases in it already. */
function createFactsSink(tx: WriteTx, version: number) {
  const numbers = new Map<string, number>()
  const numberOf = (kind: CodeKind, code: string): number => {
    const known = numbers.get(kind + code)
    if (known !== undefined) return known
    const number = codeNumber(tx, kind, code)
    numbers.set(kind + code, number)
    return number
  }
  const open = (segment: number) => ({
    segment,
    facts: new FactsSegment(tx.pluck<Uint8Array>('SELECT facts FROM case_facts WHERE segment = ?', segment)),
    names: new KeysSegment(tx.pluck<Uint8Array>('SELECT keys FROM case_name_keys WHERE segment = ?', segment)),
    numbers: new KeysSegment(tx.pluck<Uint8Array>('SELECT keys FROM case_number_keys WHERE segment = ?', segment))
  })
  let current: ReturnType<typeof open> | null = null
  const flush = (): void => {
    if (current === null) return
    const { segment } = current
    storeFacts(tx, segment, { bytes: current.facts.bytes, version })
    storeKeys(tx, 'case_name_keys', { segment, bytes: current.names.bytes })
    storeKeys(tx, 'case_number_keys', { segment, bytes: current.numbers.bytes })
    current = null
  }
  return {
    add: (no: number, record: CaseRecord) => {
      if (current !== null && current.segment !== segmentOf(no)) flush()
      current ??= open(segmentOf(no))
      current.facts.put(no, caseFacts(record.case, numberOf))
      const keys = sortKeysOf(record.case)
      current.names.put(no, keys.name)
      current.numbers.put(no, keys.number)
    },
    flush
  }
}
