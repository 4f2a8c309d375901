import { useEffect, useState } from 'react'

/** Only the upper part of the window counts. */
const OBSERVED: IntersectionObserverInit = { rootMargin: '-90px 0px -60% 0px' }

/**
 * Which of these places is being read or worked on: the one that took the cursor last, else the topmost in sight. Give
 * the same array each time.
 */
export function useInSight(ids: readonly string[]): string | undefined {
  const [inSight, setInSight] = useState(ids[0])
  useEffect(() => {
    const places = ids.flatMap((id) => document.getElementById(id) ?? [])
    const visible = new Set<string>()
    const observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) visible.add(target.id)
        else visible.delete(target.id)
      }
      const top = ids.find((id) => visible.has(id))
      if (top) setInSight(top)
    }, OBSERVED)
    const onFocus = ({ target }: FocusEvent): void => {
      const place = places.find((candidate) => target instanceof Node && candidate.contains(target))
      if (place) setInSight(place.id)
    }
    for (const place of places) observer.observe(place)
    document.addEventListener('focusin', onFocus)
    return () => {
      observer.disconnect()
      document.removeEventListener('focusin', onFocus)
    }
  }, [ids])
  return inSight
}
