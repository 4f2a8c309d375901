import { useEffect, useState } from 'react'
import { choose, useListView } from '../../view-state/list-view.ts'
import type { ListContent, ShownRow } from './list-content.ts'

const SETTLED_MS = 250

/**
 * The selected row: the one that was chosen, or the end at which the page was entered. `chosenId` is the case whose
 * summary may be asked for: somebody chose it and stayed on it for a moment, because each summary is a recorded view.
 */
export function useSelectedRow(content: ListContent | undefined): {
  selected: ShownRow | null
  chosenId: string | null
  select: (caseId: string) => void
} {
  const { selectedId, chosen, enteredFrom } = useListView()
  const rows = content?.rows ?? []
  const end = enteredFrom === 'top' ? rows[0] : rows.at(-1)
  const selected = rows.find(({ row }) => row.id === selectedId) ?? end ?? null
  const wantedId = chosen && selected?.row.id === selectedId ? selectedId : null
  const [chosenId, setChosenId] = useState<string | null>(null)
  useEffect(() => {
    const timer = setTimeout(() => setChosenId(wantedId), SETTLED_MS)
    return () => clearTimeout(timer)
  }, [wantedId])
  return { selected, chosenId: chosenId === wantedId ? chosenId : null, select: choose }
}
