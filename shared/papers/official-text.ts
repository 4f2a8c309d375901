import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import type { IsoDate, IsoInstant } from '#shared/foundation/primitives.ts'

/** Dates, times and numbers as 공문서 write them (행정 효율과 협업 촉진에 관한 규정 7조): `2026. 11. 22.`, `14:05`. */

export function officialDate(day: IsoDate): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}. ${month}. ${date}.`
}

const KOREA_AHEAD_MS = 9 * 3_600_000

export function officialTime(at: IsoInstant): string {
  const clock = new Date(Date.parse(at) + KOREA_AHEAD_MS).toISOString().slice(11, 16)
  return `${officialDate(koreanDayOf(at))} ${clock}`
}

export const officialCount = (count: number, unit: string): string => `${count.toLocaleString('ko-KR')}${unit}`
