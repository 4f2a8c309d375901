import { useEffect, useState } from 'react'
import { SECTIONS, type Section, sectionId } from './sections.ts'

/** The part of the page that is being worked on: the one with the cursor, else the topmost in sight. */
export function useSectionInSight(): Section {
  const [inSight, setInSight] = useState<Section>('service')
  useEffect(() => {
    const places = SECTIONS.flatMap((section) => document.getElementById(sectionId(section)) ?? [])
    const visible = new Set<Element>()
    const observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) visible.add(target)
        else visible.delete(target)
      }
      const top = SECTIONS.find((section) => [...visible].some(({ id }) => id === sectionId(section)))
      if (top) setInSight(top)
    }, OBSERVED)
    const onFocus = (event: FocusEvent): void => {
      const place = event.target instanceof Element ? event.target.closest('[data-section]') : null
      const section = SECTIONS.find((name) => name === place?.getAttribute('data-section'))
      if (section) setInSight(section)
    }
    for (const place of places) observer.observe(place)
    document.addEventListener('focusin', onFocus)
    return () => {
      observer.disconnect()
      document.removeEventListener('focusin', onFocus)
    }
  }, [])
  return inSight
}

/** Only the upper part of the window counts. */
const OBSERVED: IntersectionObserverInit = { rootMargin: '-90px 0px -60% 0px' }
