/**
 * The day that somebody typed, as `YYYY-MM-DD`, or null when it is none. Takes what is usual at a counter: `20261122`,
 * `261122`, `2026-11-22`, `2026. 11. 22.`, `2026/1/5`. Two digits of a year mean the hundred years up to nine years from
 * `today`.
 */
export function parseTypedDay(text: string, today: string): string | null {
  const trimmed = text.trim()
  const solid = /^(\d{4}|\d{2})(\d{2})(\d{2})$/.exec(trimmed)
  const split = /^(\d{4}|\d{2})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*[.일]?$/.exec(trimmed)
  const [, year, month, day] = solid ?? split ?? []
  if (!year || !month || !day) return null
  const iso = `${fullYear(year, today)}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return existingDay(iso)
}

function fullYear(year: string, today: string): string {
  if (year.length === 4) return year
  const thisYear = Number(today.slice(0, 4))
  const century = Math.floor(thisYear / 100) * 100
  const sameCentury = century + Number(year)
  return String(sameCentury > thisYear + 9 ? sameCentury - 100 : sameCentury)
}

function existingDay(iso: string): string | null {
  const time = Date.parse(`${iso}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(iso) ? iso : null
}
