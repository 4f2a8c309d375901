/** An instant in a packed case: milliseconds since 1970, or the text itself where it is not written to the millisecond. */
export type PackedInstant = number | string

const LENGTH = '2026-11-23T02:19:25.000Z'.length
const [DASH, COLON, DOT, T, Z, ZERO] = [0x2d, 0x3a, 0x2e, 0x54, 0x5a, 0x30]

/** By arithmetic: a history has a dozen instants, and the library's way there and back costs more than the rest of a case. */
export function packInstant(instant: string): PackedInstant {
  if (instant.length !== LENGTH || !hasItsMarks(instant)) return instant
  const [year, month, day] = [digits(instant, 0, 4), digits(instant, 5, 7), digits(instant, 8, 10)]
  const [hour, minute, second] = [digits(instant, 11, 13), digits(instant, 14, 16), digits(instant, 17, 19)]
  const millisecond = digits(instant, 20, 23)
  const isReal =
    month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month) && hour <= 23 && minute <= 59 && second <= 59
  const packed = (daysSince1970(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second) * 1000 + millisecond
  return isReal && Number.isFinite(packed) ? packed : instant
}

export const unpackInstant = (packed: PackedInstant): string =>
  typeof packed === 'number' && Number.isFinite(packed) ? new Date(packed).toISOString() : String(packed)

const DATE_LENGTH = '2026-11-23'.length
const DAY_MS = 86_400_000

/** Days since 1970; null for what is no date of the calendar. */
export function dayOfDate(date: string): number | null {
  if (date.length !== DATE_LENGTH || date.charCodeAt(4) !== DASH || date.charCodeAt(7) !== DASH) return null
  const [year, month, day] = [digits(date, 0, 4), digits(date, 5, 7), digits(date, 8, 10)]
  const isReal = year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month)
  return isReal ? daysSince1970(year, month, day) : null
}

/** Of a day within the years 0 to 9999. */
export const dateOfDay = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, DATE_LENGTH)

const hasItsMarks = (text: string): boolean =>
  text.charCodeAt(4) === DASH &&
  text.charCodeAt(7) === DASH &&
  text.charCodeAt(10) === T &&
  text.charCodeAt(13) === COLON &&
  text.charCodeAt(16) === COLON &&
  text.charCodeAt(19) === DOT &&
  text.charCodeAt(23) === Z

/** NaN when one of them is no digit. */
function digits(text: string, from: number, to: number): number {
  let value = 0
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - ZERO
    value = digit >= 0 && digit <= 9 ? value * 10 + digit : Number.NaN
  }
  return value
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
const daysOf = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : (MONTH_DAYS[month - 1] ?? Number.NaN)

/** Counted from a March, so that the leap day is a year's last. */
function daysSince1970(year: number, month: number, day: number): number {
  const counted = month > 2 ? year : year - 1
  const era = Math.floor(counted / 400)
  const yearOfEra = counted - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}
