import type { IsoDate } from '#shared/foundation/primitives.ts'

/**
 * Full months from a birth to a day, the day of birth counted (민법 158조). A month ends with the day before its
 * counterpart, or with the month where it has none (민법 160조): born on 31 January, a month old on 1 March.
 * Negative before the birth.
 */
export function monthsBetween(birthDate: IsoDate, on: IsoDate): number {
  const months = monthNumber(on) - monthNumber(birthDate)
  return on.slice(8) < birthDate.slice(8) ? months - 1 : months
}

const monthNumber = (day: IsoDate): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7))

/** 만 나이 in full years. */
export const yearsBetween = (birthDate: IsoDate, on: IsoDate): number => Math.floor(monthsBetween(birthDate, on) / 12)
