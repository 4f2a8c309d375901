import { addDays } from '#shared/domain/calendar/day.ts'
import type { DueCause } from '#shared/domain/destruction/destruction-batch.ts'
import type { IsoDate } from '#shared/foundation/primitives.ts'
import { type Hold, holdEnd } from './hold.ts'

/** 지체 없이 = within five days (표준 개인정보 보호지침 10조 1항), the first not counted (민법 157조). */
const DAYS_TO_DESTROY = 5

/** How long the policy allows data, and what ends it. */
export interface Term {
  readonly cause: DueCause
  /** The last day; null: an event ends it that is still to come. */
  readonly until: IsoDate | null
}

/** 동의 거부·철회: it is not needed from the day of the answer (개인정보 보호법 21조 1항, 37조 5항). */
export const termWithoutConsent = (answeredOn: IsoDate): Term => ({ cause: 'consent_withdrawn', until: answeredOn })

/**
 * What was collected of or for a child under 14 and the legal representative has not confirmed is gone within five days of
 * the collection (표준 개인정보 보호지침 13조 2항): the office waits for four and destroys on the fifth.
 */
export const termOfUnconfirmed = (collectedOn: IsoDate): Term => ({
  cause: 'guardian_unconfirmed',
  until: addDays(collectedOn, DAYS_TO_DESTROY - 1)
})

/** When data goes. */
export interface Deadline {
  /** The last day on which something keeps it; due from the next day on. */
  readonly keptUntil: IsoDate
  /** The last day on which it may still be destroyed in time. */
  readonly destroyBy: IsoDate
}

/**
 * The deadline when all that keeps the data has an end; null when something has none yet. `ends` are further clocks, such
 * as the record term. The five days begin anew with the last of what kept it, since only then it may be destroyed.
 */
export function deadlineOf(term: Term, holds: readonly Hold[], ends: ReadonlyArray<IsoDate | null>): Deadline | null {
  const others = [...ends, ...holds.map(holdEnd)]
  if (term.until === null || others.includes(null)) return null
  const kept = latest([term.until, ...others.filter((end) => end !== null)])
  const days = term.cause === 'guardian_unconfirmed' && kept === term.until ? 1 : DAYS_TO_DESTROY
  return { keptUntil: kept, destroyBy: addDays(kept, days) }
}

/** The latest of at least one day. */
export function latest([first, ...rest]: readonly [IsoDate, ...IsoDate[]]): IsoDate {
  let last = first
  for (const day of rest) if (day > last) last = day
  return last
}
