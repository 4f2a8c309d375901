import { addDays } from '#shared/domain/calendar/day.ts'
import type { IsoDate } from '#shared/foundation/primitives.ts'

/** A span of the calendar, both parts counted from the same day. */
export interface CivilPeriod {
  readonly years: number
  readonly months: number
}

/**
 * The last day of a period that begins with an event on `eventOn`, as 민법 157 and 160 count it: the day of the event is
 * not counted, so the count starts the next day and ends the day before its counterpart in the last month; where that
 * month has no counterpart, the period ends with the month. An event on 28 February therefore ends on the last day of
 * February, be it the 29th. A period of nothing ends on the day of the event itself.
 *
 * 민법 161 (a last day on a holiday moves on) is left out: it lengthens the time in which a person may act, not the time
 * in which an office may keep data.
 */
export function lastDayOfPeriod(eventOn: IsoDate, period: CivilPeriod): IsoDate {
  const months = period.years * 12 + period.months
  if (months === 0) return eventOn
  const start = new Date(`${addDays(eventOn, 1)}T00:00:00.000Z`)
  const year = start.getUTCFullYear()
  const month = start.getUTCMonth() + months
  const lastOfMonth = new Date(Date.UTC(year, month + 1, 0))
  const counterpart = start.getUTCDate()
  if (counterpart > lastOfMonth.getUTCDate()) return isoDay(lastOfMonth)
  return isoDay(new Date(Date.UTC(year, month, counterpart - 1)))
}

const isoDay = (date: Date): IsoDate => date.toISOString().slice(0, 10)
