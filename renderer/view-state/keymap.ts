import { useEffect, useRef } from 'react'
import { create } from 'zustand'
import { matchesKey, mayRun } from './key-match.ts'

export interface KeyBinding {
  /** As printed on the keyboard: `F2`, `Ctrl+K`, `Alt+1`, `E`, `/`, `Enter`, `ArrowDown`. */
  readonly keys: string
  /** What it does, for the help; '' keeps it out of the list. */
  readonly label: string
  readonly run: () => void
  /** Shown in the status bar. */
  readonly hint?: boolean
  /** Works in the search box as well, although text is typed there. */
  readonly inSearchBox?: boolean
}

export type KeyArea = 'everywhere' | 'here'

interface KeySet {
  readonly area: KeyArea
  readonly bindings: readonly KeyBinding[]
}

interface Keymap {
  readonly sets: ReadonlyMap<symbol, KeySet>
}

export const useKeymap = create<Keymap>(() => ({ sets: new Map() }))

/** Binds keys while the component is there. The newest screen wins where two want the same key. */
export function useKeys(area: KeyArea, bindings: readonly KeyBinding[]): void {
  const id = useRef(Symbol('keys')).current
  const listed = bindings.map(({ keys, label, hint }) => `${keys}|${label}|${hint}`).join()
  const newest = useRef(bindings)
  newest.current = bindings
  useEffect(() => {
    const through = newest.current.map((binding, index) => ({ ...binding, run: () => newest.current[index]?.run() }))
    useKeymap.setState(({ sets }) => ({ sets: listed ? new Map(sets).set(id, { area, bindings: through }) : sets }))
    return () =>
      useKeymap.setState(({ sets }) => {
        const rest = new Map(sets)
        rest.delete(id)
        return { sets: rest }
      })
  }, [area, id, listed])
}

/** Hands each key that is pressed to the binding that wants it. */
export function startKeymap(): void {
  window.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing) return
    for (const { bindings } of [...useKeymap.getState().sets.values()].reverse()) {
      const binding = bindings.find((candidate) => matchesKey(event, candidate.keys) && mayRun(event, candidate))
      if (!binding) continue
      event.preventDefault()
      binding.run()
      return
    }
  })
}
