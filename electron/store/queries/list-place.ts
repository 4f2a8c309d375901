import { z } from 'zod'
import { type CaseListRequest, SORT_COLUMNS } from '#shared/ipc/contract.ts'
import type { OrderKey } from './case-order.ts'

/** Where a page ends: its outermost case and where that stood. The window hands it back as it got it. */
export interface ListPlace {
  readonly direction: 'next' | 'previous'
  /** Case number, and the sort key that it had. */
  readonly no: number
  readonly key: OrderKey
  /** Rank of the first row after the place, or of the row before which the previous page ends. */
  readonly rank: number
}

const placeSchema = z.tuple([
  z.enum(SORT_COLUMNS),
  z.boolean(),
  z.enum(['next', 'previous']),
  z.int().positive(),
  z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
  z.int().positive()
])

type Sort = CaseListRequest['sort']

export const writePlace = (sort: Sort, { direction, no, key, rank }: ListPlace): string =>
  Buffer.from(JSON.stringify([sort.column, sort.descending, direction, no, key, rank])).toString('base64url')

/** Null when the text is no place, or one of a list that is sorted otherwise. */
export function readPlace(text: string, sort: Sort): ListPlace | null {
  const parsed = placeSchema.safeParse(parseJson(Buffer.from(text, 'base64url').toString()))
  if (!parsed.success) return null
  const [column, descending, direction, no, key, rank] = parsed.data
  return column === sort.column && descending === sort.descending ? { direction, no, key, rank } : null
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
