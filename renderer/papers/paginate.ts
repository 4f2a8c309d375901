/** How high the pieces of a part are, in CSS pixels. A part is cut between its rows alone. */
export interface PartHeights {
  /** What is left free above the part. */
  readonly gap: number
  readonly title: number
  /** The head of a table, which stands again wherever the part goes on. */
  readonly head: number
  readonly rows: readonly number[]
  /** What stands below the last row. */
  readonly tail: number
}

/** Rows `from` up to and without `to` of a part. */
export interface Slice {
  readonly part: number
  readonly from: number
  readonly to: number
}

/** So many rows stand together at the beginning of a part, lest a title stand over a single one. */
const TOGETHER = 2

/** Puts parts on pages. `room`: what the first page and each further one has left for them, in CSS pixels. */
export function paginate(
  parts: readonly PartHeights[],
  room: { readonly first: number; readonly further: number }
): Slice[][] {
  let page: Slice[] = []
  const pages = [page]
  let left = room.first
  const turn = (): void => {
    page = []
    pages.push(page)
    left = room.further
  }
  for (const [part, heights] of parts.entries()) {
    for (let from = 0; from < heights.rows.length; ) {
      const { to, height } = fitting(heights, from, left)
      const wanted = from === 0 ? Math.min(TOGETHER, heights.rows.length) : 1
      if (to - from < wanted && page.length > 0) {
        turn()
        continue
      }
      const end = Math.max(to, from + 1) // a row that is higher than a page gets one to itself
      page.push({ part, from, to: end })
      left -= height
      from = end
      if (from < heights.rows.length) turn()
    }
  }
  return pages
}

/** How many rows from this one on fit, and how high they are with what belongs to them. */
function fitting(
  { gap, title, head, rows, tail }: PartHeights,
  from: number,
  left: number
): { to: number; height: number } {
  let height = gap + head + (from === 0 ? title : 0)
  let to = from
  while (to < rows.length) {
    const next = height + (rows[to] ?? 0) + (to === rows.length - 1 ? tail : 0)
    if (next > left) break
    height = next
    to += 1
  }
  return { to, height }
}
