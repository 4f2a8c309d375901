import * as gazette from '@hyunbinseo/holidays-kr/all'
import type { IsoDate } from '#shared/foundation/primitives.ts'

/**
 * 관공서의 공휴일 as the gazette announced them. The announcements reach two years ahead at most, so a day beyond the
 * last announced year is known to be a weekday or a weekend and nothing more.
 */

type HolidayNames = readonly string[]

const NAMES_BY_DAY: ReadonlyMap<string, HolidayNames> = new Map(
  Object.values(gazette).flatMap((year): Array<[string, HolidayNames]> => Object.entries(year))
)

const KNOWN_YEARS: ReadonlySet<string> = new Set([...NAMES_BY_DAY.keys()].map((day) => day.slice(0, 4)))

/** Whether the holidays of the day's year have been announced and are in this program. */
export const isCalendarKnown = (day: IsoDate): boolean => KNOWN_YEARS.has(day.slice(0, 4))

/** The names of the holidays that fall on the day; empty for none, and for a year that is not known. */
export const holidaysOn = (day: IsoDate): HolidayNames => NAMES_BY_DAY.get(day) ?? []
