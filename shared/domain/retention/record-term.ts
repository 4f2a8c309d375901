import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import type { Case } from '#shared/domain/case/case.ts'
import type { IsoDate } from '#shared/foundation/primitives.ts'

/** 보존기간, in whole years, where the office has set none for the service (공공기록물 관리에 관한 법률 시행령 26조). */
export const USUAL_RECORD_YEARS = 5

/** The day in Korea on which the case was closed for the last time; null while it is open. */
export function completedOn({ state, history }: Pick<Case, 'state' | 'history'>): IsoDate | null {
  if (state !== 'closed') return null
  const closing = history.findLast((step) => step.state === 'closed')
  return closing === undefined ? null : koreanDayOf(closing.at)
}

/**
 * 기록물 만료: the last day of the record term. It runs from 1 January after the year of completion
 * (공공기록물 관리에 관한 법률 시행령 26조), so it always ends with a year.
 */
export const recordTermEnd = (completed: IsoDate, years: number): IsoDate =>
  `${String(Number(completed.slice(0, 4)) + years).padStart(4, '0')}-12-31`
