import type { CasePage, CaseRow, SearchHit, SearchPage } from '#shared/ipc/views.ts'

/** A row of the list as shown: with its rank in the whole list, and where the search found it. */
export interface ShownRow {
  readonly row: CaseRow
  readonly rank: number
  readonly hit: SearchHit | null
}

/** What the list shows: a page of everything, or what a search found. */
export type ListContent =
  | { readonly kind: 'page'; readonly page: CasePage; readonly rows: readonly ShownRow[] }
  | { readonly kind: 'found'; readonly text: string; readonly found: SearchPage; readonly rows: readonly ShownRow[] }

export const pageContent = (page: CasePage): ListContent => ({
  kind: 'page',
  page,
  rows: page.rows.map((row, index) => ({ row, rank: page.firstRank + index, hit: null }))
})

export const foundContent = (text: string, found: SearchPage): ListContent => ({
  kind: 'found',
  text,
  found,
  rows: found.hits.map((hit, index) => ({ row: hit.row, rank: index + 1, hit }))
})
