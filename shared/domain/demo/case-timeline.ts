import type { StateStep } from '#shared/domain/case/case.ts'
import type { CaseState } from '#shared/domain/case/case-state.ts'
import { dayText, instantText, weekdayOfNumber } from './day-texts.ts'
import type { DemoRandom } from './random.ts'
import { STEP_REASONS, STORIES } from './stories.ts'

const OFFICE_HOURS_MS = 9 * 3_600_000
const SATURDAY = 6

/** A Saturday or Sunday becomes the Monday after; officials move cases on weekdays. */
function weekdayFrom(day: number): number {
  const weekday = weekdayOfNumber(day)
  if (weekday === SATURDAY) return day + 2
  return weekday === 0 ? day + 1 : day
}

export interface TimelineWish {
  /** Day and time (UTC, in milliseconds) at which the application came in. */
  readonly day: number
  readonly ms: number
  /** Nothing but arrivals has happened on this day yet. */
  readonly today: number
  readonly by: string
}

/** The steps of a case up to yesterday. 09:00 to 18:00 in Korea is 00:00 to 09:00 UTC, so both name the same day. */
export function makeTimeline(random: DemoRandom, wish: TimelineWish): StateStep[] {
  const steps: StateStep[] = [{ state: 'received', at: instantText(wish.day, wish.ms), by: wish.by, reason: '' }]
  let { day, ms } = wish
  for (const [state, least, most] of random.pick(STORIES)) {
    const next = weekdayFrom(day + random.between(least, most))
    ms = next === day ? ms + random.between(60_000, 1_800_000) : random.below(OFFICE_HOURS_MS)
    day = next
    if (day >= wish.today) break
    steps.push({ state, at: instantText(day, ms), by: wish.by, reason: random.pick(STEP_REASONS[state]) })
  }
  return isHeldUp(wish) ? steps.filter(({ state }) => UNDECIDED.has(state)) : steps
}

const UNDECIDED: ReadonlySet<CaseState> = new Set(['received', 'supplement', 'investigating', 'awaiting_decision'])

/** Most of those that came in three to five weeks ago wait for their decision: on any day, some notice is due. */
const isHeldUp = ({ day, today }: TimelineWish): boolean => today - day >= 22 && today - day <= 35 && day % 4 > 0

/** `2026-11-0412`. */
export const applicationNoOf = (day: number, rank: number): string =>
  `${dayText(day).slice(0, 7)}-${String(rank).padStart(4, '0')}`
