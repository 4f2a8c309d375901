import { koreanDayOf } from '#shared/domain/calendar/day.ts'

/** Dates and numbers as Korean public offices write them, in every language of the screen. */

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Seoul',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23'
})
const grouped = new Intl.NumberFormat('ko-KR')
const oneDecimal = new Intl.NumberFormat('ko-KR', { maximumFractionDigits: 1, minimumFractionDigits: 1 })

/** `2026-11-22` as `2026. 11. 22.` */
export const formatDay = (day: string): string => `${day.replaceAll('-', '. ')}.`

/** `2026-11-22` as `11. 22.` */
export const formatShortDay = (day: string): string => formatDay(day.slice(5))

/** `14:05` in Korea. */
export const formatTime = (instant: string): string => clock.format(new Date(instant))

/** `2026. 11. 22. 14:05` in Korea. */
export const formatInstant = (instant: string): string => `${formatDay(koreanDayOf(instant))} ${formatTime(instant)}`

/** `14:05` when it was today, `11. 22. 14:05` when it was another day. */
export function formatSince(instant: string, today: string): string {
  const day = koreanDayOf(instant)
  return day === today ? formatTime(instant) : `${formatShortDay(day)} ${formatTime(instant)}`
}

/** `312,408` */
export const formatCount = (count: number): string => grouped.format(count)

/** Milliseconds with one decimal: `0.4`. */
export const formatMs = (ms: number): string => oneDecimal.format(ms)

const SIZES = ['KB', 'MB', 'GB', 'TB'] as const

/** `38.2 MB`, in steps of 1,000 as lines and disks are sold. */
export function formatBytes(bytes: number): string {
  let value = bytes / 1000
  let step = 0
  while (value >= 999.5 && step < SIZES.length - 1) {
    value /= 1000
    step += 1
  }
  const text = value >= 99.95 || step === 0 ? grouped.format(Math.ceil(value)) : oneDecimal.format(value)
  return `${text} ${SIZES[step]}`
}
