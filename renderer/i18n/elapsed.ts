import { useTranslation } from 'react-i18next'
import { useClock } from '../view-state/clock.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** How long ago, or how long until, in the largest whole unit. */
export type Span = { readonly unit: 'now' } | { readonly unit: 'minutes' | 'hours' | 'days'; readonly n: number }

export function spanOf(ms: number): Span {
  const length = Math.abs(ms)
  if (length < MINUTE_MS) return { unit: 'now' }
  if (length < HOUR_MS) return { unit: 'minutes', n: Math.floor(length / MINUTE_MS) }
  if (length < 2 * DAY_MS) return { unit: 'hours', n: Math.floor(length / HOUR_MS) }
  return { unit: 'days', n: Math.floor(length / DAY_MS) }
}

/** `3시간 전`, `2일 뒤`. */
export function useElapsed(): (instant: string) => string {
  const { t } = useTranslation('common')
  const now = useClock((clock) => clock.now)
  return (instant) => {
    const ms = Date.parse(instant) - now
    const span = spanOf(ms)
    if (span.unit === 'now') return t('span.now')
    return t(ms < 0 ? `span.${span.unit}Ago` : `span.${span.unit}Left`, { n: span.n })
  }
}
