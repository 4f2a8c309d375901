import type { IsoDate, IsoInstant } from '#shared/foundation/primitives.ts'

/** Days by their number since 1970, with texts made once: writing them anew would be most of the work of a case. */

const DAY_MS = 86_400_000
const texts: IsoDate[] = []
/** So that days before 1970 have a place in the list. */
const FIRST_DAY = -36_525

export const dayNumberOf = (day: IsoDate): number => Date.parse(`${day}T00:00:00.000Z`) / DAY_MS

export function dayText(number: number): IsoDate {
  const known = texts[number - FIRST_DAY]
  if (known !== undefined) return known
  const made = new Date(number * DAY_MS).toISOString().slice(0, 10)
  texts[number - FIRST_DAY] = made
  return made
}

/** 0 = Sunday; for days since 1970. */
export const weekdayOfNumber = (number: number): number => (number + 4) % 7

const padded = (count: number, digits: number): readonly string[] =>
  Array.from({ length: count }, (_, value) => String(value).padStart(digits, '0'))

const two = padded(60, 2)
const three = padded(1000, 3)

/** Six digits, zeros before the number as needed. */
export const sixDigits = (value: number): string => `${three[Math.floor(value / 1000) % 1000]}${three[value % 1000]}`

/** The instant so many milliseconds after midnight (UTC) of the day. */
export function instantText(day: number, ms: number): IsoInstant {
  const seconds = Math.floor(ms / 1000)
  const minutes = Math.floor(seconds / 60)
  const time = `${two[Math.floor(minutes / 60)]}:${two[minutes % 60]}:${two[seconds % 60]}`
  return `${dayText(day)}T${time}.${three[ms % 1000]}Z`
}

const hex = Array.from({ length: 0x1_0000 }, (_, value) => value.toString(16).padStart(4, '0'))
const hex16 = (value: number): string => hex[value & 0xffff] ?? ''

/** A UUIDv7 of the instant; `next` gives 32 bits at a time. */
export function uuidV7(instantMs: number, next: () => number): string {
  const high = Math.floor(instantMs / 0x1_0000)
  const [first, second, third] = [next(), next(), next()]
  const version = hex16(0x7000 | (first & 0x0fff))
  const variant = hex16(0x8000 | ((first >>> 16) & 0x3fff))
  return `${hex16(high >>> 16)}${hex16(high)}-${hex16(instantMs % 0x1_0000)}-${version}-${variant}-${hex16(second >>> 16)}${hex16(second)}${hex16(third)}`
}

export const DAY_IN_MS = DAY_MS
