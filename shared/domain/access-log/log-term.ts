import { koreanDayOf, startOfKoreanDay } from '#shared/domain/calendar/day.ts'
import type { IsoInstant } from '#shared/foundation/primitives.ts'

/**
 * 안전성 확보조치 기준 8조 1항: two years, because the office holds registration numbers; the policy (제8조) promises one at
 * least, so the longer one counts.
 */
const KEPT_YEARS = 2

/** What came before this moment has been kept for as long as the law asks. A day that there was not is the next one. */
export function keptSince(now: IsoInstant): IsoInstant {
  const day = koreanDayOf(now)
  const then = new Date(
    Date.UTC(Number(day.slice(0, 4)) - KEPT_YEARS, Number(day.slice(5, 7)) - 1, Number(day.slice(8)))
  )
  return startOfKoreanDay(then.toISOString().slice(0, 10))
}
