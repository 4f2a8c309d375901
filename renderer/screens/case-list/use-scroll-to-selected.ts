import { type RefObject, useLayoutEffect, useRef } from 'react'

/** Another page, order or search begins at its selected row: the first, the last, or the one that was left. */
export function useScrollToSelected(viewKey: string, selectedId: string | null): RefObject<HTMLDivElement | null> {
  const wrap = useRef<HTMLDivElement>(null)
  const shownKey = useRef<string | null>(null)
  useLayoutEffect(() => {
    if (shownKey.current === viewKey || !wrap.current) return
    shownKey.current = viewKey
    const row = selectedId === null ? null : document.getElementById(`row-${selectedId}`)
    if (row?.previousElementSibling) row.scrollIntoView({ block: 'center' })
    else wrap.current.scrollTop = 0
    // The row that had the focus is gone with its page.
    if (document.activeElement === document.body) row?.focus({ preventScroll: true })
  }, [viewKey, selectedId])
  return wrap
}
