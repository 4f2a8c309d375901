import type { IsoDate } from '#shared/foundation/primitives.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import { lastDayOfPeriod } from './civil-period.ts'
import type { PolicyRegister } from './policy.ts'
import type { Retention, RetentionEvent } from './policy-data.ts'
import type { PolicyItemId } from './policy-item-id.ts'
import { type ItemNotInPolicy, itemById } from './policy-items.ts'

/** The published term does not run from this event, so the event ends nothing. */
export interface TermNotFromEvent {
  readonly type: 'TermNotFromEvent'
  readonly event: RetentionEvent
}

/**
 * The last day on which the item may be kept for an application made on `appliedOn`; from the next day on it is due for
 * destruction, unless a hold or another law says otherwise, which is not this function's to know.
 */
export function retentionUntil(
  policy: PolicyRegister,
  itemId: PolicyItemId,
  appliedOn: IsoDate
): Result<IsoDate, ItemNotInPolicy | TermNotFromEvent> {
  const item = itemById(policy, itemId)
  return item.ok ? lastDayAfter(item.value.retention, { type: 'application', on: appliedOn }) : item
}

/** The last day of the term that runs from the event, such as a provision (제3조: six months for the coupons). */
export function lastDayAfter(
  retention: Retention,
  event: { readonly type: RetentionEvent; readonly on: IsoDate }
): Result<IsoDate, TermNotFromEvent> {
  const term = retention.terms.find((candidate) => candidate.after === event.type)
  return term === undefined ? err({ type: 'TermNotFromEvent', event: event.type }) : ok(lastDayOfPeriod(event.on, term))
}
