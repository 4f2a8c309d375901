import type { IsoDate } from '#shared/foundation/primitives.ts'
import { addDays, weekdayOf } from './day.ts'
import { holidaysOn, isCalendarKnown } from './holidays.ts'

const SUNDAY = 0
const SATURDAY = 6

export interface DayKind {
  readonly working: boolean
  /** False when the holidays of that year are not announced: `working` then knows of weekends only. */
  readonly calendarKnown: boolean
}

/** Whether offices work on the day. */
export function kindOfDay(day: IsoDate): DayKind {
  const weekday = weekdayOf(day)
  const weekend = weekday === SUNDAY || weekday === SATURDAY
  return { working: !weekend && holidaysOn(day).length === 0, calendarKnown: isCalendarKnown(day) }
}

export interface Deadline {
  readonly day: IsoDate
  /** False when the day was found without knowing the holidays of its year, so that it may move by some days yet. */
  readonly calendarKnown: boolean
}

/**
 * The last day of a period of `days` that starts with an event on `from`: the day of the event does not count
 * (민법 157조), and a last day on a Saturday or a holiday moves to the next working day (민법 161조).
 */
export function civilDeadline(from: IsoDate, days: number): Deadline {
  let day = addDays(from, days)
  let known = true
  for (;;) {
    const kind = kindOfDay(day)
    known &&= kind.calendarKnown
    if (kind.working) return { day, calendarKnown: known }
    day = addDays(day, 1)
  }
}
