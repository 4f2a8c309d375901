import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import { standingConsent } from '#shared/domain/consent/standing-consent.ts'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import type { PolicyItemId } from '#shared/domain/policy/policy-item-id.ts'
import type { ItemNotInPolicy } from '#shared/domain/policy/policy-items.ts'
import { retentionUntil, type TermNotFromEvent } from '#shared/domain/policy/retention.ts'
import { ok, type Result } from '#shared/foundation/result.ts'
import type { RetentionFacts } from './retention-facts.ts'
import { type Term, termOfUnconfirmed, termWithoutConsent } from './term.ts'

/**
 * How long the policy lets the office keep an item of the case. What ends it first counts: the published term from the
 * application (제1조 ④), a consent that does not stand, a legal representative who has not confirmed.
 */
export function officeTerm(
  policy: PolicyRegister,
  item: PolicyItemId,
  facts: Pick<RetentionFacts, 'subject' | 'unconfirmed'>
): Result<Term, ItemNotInPolicy | TermNotFromEvent> {
  const { subject, unconfirmed } = facts
  const published = retentionUntil(policy, item, subject.appliedOn)
  if (!published.ok) return published
  const waiting = unconfirmed.filter(({ items }) => items.includes(item))
  return ok(
    firstToEnd([
      { cause: 'term_over', until: published.value },
      ...withoutConsent(policy, item, subject),
      ...waiting.map(({ collectedOn }) => termOfUnconfirmed(collectedOn))
    ])
  )
}

/** An item that rests on a consent nobody gave was never needed: from the application on (개인정보 보호법 16조). */
function withoutConsent(policy: PolicyRegister, item: PolicyItemId, subject: RetentionFacts['subject']): Term[] {
  const asked = policy.consents.filter((consent) => consent.kind === 'collection' && consent.items.includes(item))
  const answers = asked.map(({ id }) => standingConsent(subject.consents, id))
  if (asked.length === 0 || answers.some((answer) => answer?.given)) return []
  return answers.map((answer) =>
    termWithoutConsent(answer === undefined ? subject.appliedOn : koreanDayOf(answer.answeredAt))
  )
}

/** The term that ends first; one without an end yet ends after all others. */
export const firstToEnd = (terms: readonly [Term, ...Term[]]): Term =>
  terms.reduce((first, term) =>
    term.until !== null && (first.until === null || term.until < first.until) ? term : first
  )
