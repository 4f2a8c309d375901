import { useState } from 'react'
import type { QuarantineEntry } from '#shared/ipc/quarantine-views.ts'

export interface Marks {
  /** Those that are marked and still lie sealed. */
  readonly marked: readonly QuarantineEntry[]
  readonly isMarked: (commandId: string) => boolean
  readonly toggle: (commandId: string) => void
  /** Marks all; takes the marks away where all are marked. */
  readonly toggleAll: () => void
}

/** What is marked to be destroyed together. A mark of one that is destroyed meanwhile counts no more. */
export function useMarks(sealed: readonly QuarantineEntry[]): Marks {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const marked = sealed.filter(({ commandId }) => ids.has(commandId))
  return {
    marked,
    isMarked: (commandId) => ids.has(commandId),
    toggle: (commandId) => {
      if (!sealed.some((entry) => entry.commandId === commandId)) return
      setIds(
        (before) => new Set([...before].filter((id) => id !== commandId).concat(before.has(commandId) ? [] : commandId))
      )
    },
    toggleAll: () => setIds(new Set(marked.length === sealed.length ? [] : sealed.map(({ commandId }) => commandId)))
  }
}
