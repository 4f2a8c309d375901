import type { CaseRecord } from '#shared/domain/case/case.ts'
import { searchTerms } from '#shared/domain/search/search-terms.ts'
import { unpackSearchable } from '#shared/domain/search/searchable.ts'
import { BLOCK_ALIGNMENT, PostingBlock } from '#shared/store-format/postings/posting-block.ts'
import { termHasher } from '#shared/store-format/postings/posting-store.ts'
import type { StoreDb } from '../db/database.ts'

export const renamed = (record: CaseRecord, name: string): CaseRecord => ({
  ...record,
  case: { ...record.case, applicant: { ...record.case.applicant, name } }
})

/** The index as the blocks have it: which cases stand under which term. */
export function indexed(db: StoreDb): string[] {
  const rows = db.all<{ term: number; block: number; postings: Uint8Array }>(
    'SELECT key / 65536 AS term, key % 65536 AS block, postings FROM search_blocks ORDER BY key'
  )
  return rows
    .flatMap(({ term, block, postings }) =>
      [...new PostingBlock(block * BLOCK_ALIGNMENT, postings).decode()].map((no) => `${term} ${no}`)
    )
    .sort()
}

/** The index as the rows would have it. */
export function expectedIndex(db: StoreDb): string[] {
  const hasher = termHasher(db)
  return db
    .all<{ no: number; searchable: string; application_no: string }>('SELECT no, searchable, application_no FROM cases')
    .flatMap(({ no, searchable, application_no }) =>
      [...searchTerms(unpackSearchable(searchable, application_no), hasher)].map((term) => `${term} ${no}`)
    )
    .sort()
}
