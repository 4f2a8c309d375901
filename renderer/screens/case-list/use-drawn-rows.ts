import { startTransition, useEffect, useState } from 'react'
import type { ShownRow } from './list-content.ts'

/** More than fit on a tall screen. */
const IN_SIGHT = 26

/**
 * How many rows to draw. Of what a search found, the rows in sight come first and the rest a moment later, so that the
 * next keystroke does not wait for rows that nobody sees.
 */
export function useDrawnRows(rows: readonly ShownRow[]): number {
  const [whole, setWhole] = useState<readonly ShownRow[] | null>(null)
  const isSearch = rows[0]?.hit != null
  useEffect(() => {
    if (isSearch) startTransition(() => setWhole(rows))
  }, [rows, isSearch])
  return !isSearch || whole === rows ? rows.length : Math.min(rows.length, IN_SIGHT)
}
