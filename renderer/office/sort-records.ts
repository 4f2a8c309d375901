/** What a column is sorted by; null has no place in the order and stands last, whichever way it goes. */
export type SortValue = string | number | null

export interface SortOrder {
  readonly column: string
  readonly descending: boolean
}

/** `민원-2` before `민원-10`. */
const collator = new Intl.Collator('ko', { numeric: true })

const compare = (one: string | number, other: string | number): number =>
  typeof one === 'number' && typeof other === 'number' ? one - other : collator.compare(String(one), String(other))

export function sortedBy<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => SortValue,
  { descending }: { readonly descending: boolean }
): Row[] {
  const sign = descending ? -1 : 1
  return rows.toSorted((one, other) => {
    const [a, b] = [keyOf(one), keyOf(other)]
    if (a === null || b === null) return Number(a === null) - Number(b === null)
    return sign * compare(a, b)
  })
}

/** The same column again turns the order round. */
export const nextOrder = (order: SortOrder, column: string): SortOrder => ({
  column,
  descending: order.column === column && !order.descending
})
