import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import { standingConsent } from '#shared/domain/consent/standing-consent.ts'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import type { Provision, RetentionTerm } from '#shared/domain/policy/policy-data.ts'
import { lastDayAfter } from '#shared/domain/policy/retention.ts'
import type { IsoDate } from '#shared/foundation/primitives.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import { firstToEnd } from './office-terms.ts'
import type { Provided, RetentionFacts } from './retention-facts.ts'
import { latest, type Term, termWithoutConsent } from './term.ts'

/** The version names no such provision or recipient: nothing may have been given. */
export interface ProvisionNotInPolicy {
  readonly type: 'ProvisionNotInPolicy'
  readonly policyId: string
  readonly provisionId: string
}

/** How long a recipient may keep what it was given (제3조), or until the consent to giving it was withdrawn. */
export function recipientTerm(
  policy: PolicyRegister,
  provided: Provided,
  subject: Pick<RetentionFacts['subject'], 'consents'>
): Result<Term, ProvisionNotInPolicy> {
  const { provisionId, recipientId } = provided
  const provision = policy.provisions.find(({ id }) => id === provisionId)
  const recipient = provision?.recipients.find(({ id }) => id === recipientId)
  if (provision === undefined || recipient === undefined) {
    return err({ type: 'ProvisionNotInPolicy', policyId: policy.id, provisionId })
  }
  const published: Term = { cause: 'term_over', until: publishedEnd(provision, provided) }
  return ok(firstToEnd([published, ...refused(policy, provided, subject)]))
}

/** The last day of the published term; null: what ends it has not come, or nobody has said when it will. */
export function publishedEnd(
  { retention }: Pick<Provision, 'retention'>,
  provided: Pick<Provided, 'on' | 'agreementEndedOn'>
): IsoDate | null {
  const ends = retention.terms.flatMap((term) => {
    const on = eventDay(term, provided)
    const last = on === null ? null : lastDayAfter(retention, { type: term.after, on })
    return last?.ok ? [last.value] : []
  })
  return ends.toSorted()[0] ?? null
}

function eventDay(
  { after }: RetentionTerm,
  { on, agreementEndedOn }: Pick<Provided, 'on' | 'agreementEndedOn'>
): IsoDate | null {
  if (after === 'provision') return on
  return after === 'agreementEnd' ? agreementEndedOn : null
}

function refused(policy: PolicyRegister, provided: Provided, subject: Pick<RetentionFacts['subject'], 'consents'>) {
  return policy.consents.flatMap((consent): Term[] => {
    if (consent.kind !== 'provision') return []
    if (consent.provision !== provided.provisionId || consent.recipient !== provided.recipientId) return []
    const answer = standingConsent(subject.consents, consent.id)
    if (answer === undefined || answer.given) return []
    return [termWithoutConsent(latest([koreanDayOf(answer.answeredAt), provided.on]))]
  })
}
