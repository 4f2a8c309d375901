import { z } from 'zod'
import { koreanDayOf, startOfKoreanDay } from '#shared/domain/calendar/day.ts'
import { type IsoInstant, instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'

/**
 * 월별 점검 (안전성 확보조치 기준 8조 2항): the internal plan of the office sets how often; monthly, as earlier standards had it,
 * is what this program asks for.
 */

export const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)
export type Month = string

export const monthReviewSchema = z.object({
  month: monthSchema,
  /** Lines of the month and those with a mark: as it was signed, else now. */
  lines: z.int().nonnegative(),
  marked: z.int().nonnegative(),
  /** null: it is owed. */
  signed: z.object({ at: instantSchema, by: uuidSchema, remark: z.string() }).nullable()
})
export type MonthReview = z.infer<typeof monthReviewSchema>

const LENGTH = 'YYYY-MM'.length
const monthOf = (at: IsoInstant): Month => koreanDayOf(at).slice(0, LENGTH)

export function monthAfter(month: Month, months = 1): Month {
  const [year, no] = [Number(month.slice(0, 4)), Number(month.slice(5))]
  return new Date(Date.UTC(year, no - 1 + months, 1)).toISOString().slice(0, LENGTH)
}

export const beginOfMonth = (month: Month): IsoInstant => startOfKoreanDay(`${month}-01`)

/** As long as the lines are kept. */
const MOST_MONTHS = 24

/** The months that are over since the first line of the log, the newest first. */
export function monthsToReview(firstLineAt: IsoInstant, now: IsoInstant): Month[] {
  const [first, current] = [monthOf(firstLineAt), monthOf(now)]
  const months: Month[] = []
  for (
    let month = monthAfter(current, -1);
    month >= first && months.length < MOST_MONTHS;
    month = monthAfter(month, -1)
  ) {
    months.push(month)
  }
  return months
}
