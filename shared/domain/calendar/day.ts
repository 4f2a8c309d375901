import type { IsoDate, IsoInstant } from '#shared/foundation/primitives.ts'

/** Arithmetic on calendar days (`YYYY-MM-DD`, Gregorian). Days compare as texts: earlier is smaller. */

const DAY_MS = 86_400_000
const KOREA_AHEAD_MS = 9 * 3_600_000

const dayNumber = (day: IsoDate): number => Date.parse(`${day}T00:00:00.000Z`) / DAY_MS

const dayOfNumber = (number: number): IsoDate => new Date(number * DAY_MS).toISOString().slice(0, 10)

export const addDays = (day: IsoDate, days: number): IsoDate => dayOfNumber(dayNumber(day) + days)

/** Days from the first to the second; negative when the second is earlier. */
export const daysBetween = (from: IsoDate, to: IsoDate): number => dayNumber(to) - dayNumber(from)

/** 0 = Sunday … 6 = Saturday. */
export const weekdayOf = (day: IsoDate): number => (((dayNumber(day) + 4) % 7) + 7) % 7

/** The calendar day in Korea (UTC+9, no summer time since 1988) at an instant. */
export const koreanDayOf = (instant: IsoInstant): IsoDate =>
  new Date(Date.parse(instant) + KOREA_AHEAD_MS).toISOString().slice(0, 10)

/** Midnight in Korea. */
export const startOfKoreanDay = (day: IsoDate): IsoInstant =>
  new Date(Date.parse(`${day}T00:00:00.000+09:00`)).toISOString()

/** True for a text `YYYY-MM-DD` that names a day which exists. */
export function isDay(text: string): text is IsoDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const day = Number(text.slice(8))
  return day >= 1 && day <= daysOfMonth(Number(text.slice(0, 4)), Number(text.slice(5, 7)))
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const
const FEBRUARY = 2

/** 0 for a month that there is not. */
function daysOfMonth(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return (DAYS[month - 1] ?? 0) + (month === FEBRUARY && isLeap ? 1 : 0)
}
