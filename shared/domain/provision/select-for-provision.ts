import type { Case } from '#shared/domain/case/case.ts'
import type { CaseState } from '#shared/domain/case/case-state.ts'
import type { ConsentRecord } from '#shared/domain/consent/consent-record.ts'
import { isUnconfirmed, isWithdrawn, standingConsent } from '#shared/domain/consent/standing-consent.ts'
import { requestShown } from '#shared/domain/policy/consents-to-ask.ts'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import type { PolicyItemId } from '#shared/domain/policy/policy-item-id.ts'
import { isOpenHold } from '#shared/domain/retention/hold.ts'
import type { IsoDate } from '#shared/foundation/primitives.ts'

/** Why a recipient gets nothing of a case. */
export const LEFT_OUT = [
  'notGranted',
  'unanswered',
  'refused',
  'withdrawn',
  'unconfirmed',
  'noticeUnproven',
  'onHold',
  'disputed'
] as const
export type LeftOut = (typeof LEFT_OUT)[number]

/** Who gets data by the register in force on the day (제3조 2항), and the consent that it takes. */
export interface RecipientTerms {
  readonly recipientId: string
  readonly provisionId: string
  readonly consentId: string
  /** The laws that the giving rests on besides the consent; never none. */
  readonly legalBases: readonly string[]
  readonly services: PolicyRegister['consents'][number]['services']
  readonly items: readonly PolicyItemId[]
}

/** The recipients of a version, each with its own consent: the register knows none without (`parsePolicy`). */
export const recipientsOf = (policy: PolicyRegister): RecipientTerms[] =>
  policy.consents.flatMap((consent) => {
    if (consent.kind !== 'provision') return []
    const provision = policy.provisions.find(({ id }) => id === consent.provision)
    if (provision === undefined) return []
    const { id: consentId, services, recipient: recipientId } = consent
    const { id: provisionId, items, legalBases } = provision
    return [{ recipientId, provisionId, consentId, services, items, legalBases }]
  })

export type Selection =
  /** These items of the case and no others, on the strength of this answer. */
  | { readonly type: 'Selected'; readonly items: readonly PolicyItemId[]; readonly consent: ConsentRecord }
  | { readonly type: 'LeftOut'; readonly why: LeftOut }

export interface SelectDeps {
  readonly policies: readonly PolicyRegister[]
  /** The day of the provision. */
  readonly today: IsoDate
}

/**
 * What a recipient may be given of a case: the items of the notice that the person agreed to, as far as the version in force
 * on the day of the provision still names them for the recipient, with the answer that allows it. A case that is held for an
 * objection, a lawsuit or an audit, or of which two values are in dispute, gives nothing. null: it is not asked for at the
 * service of the case.
 */
export function selectForProvision(
  { policies, today }: SelectDeps,
  { consentId, services, items }: RecipientTerms,
  subject: Case
): Selection | null {
  if (services !== 'all' && !services.includes(subject.service)) return null
  if (!isGranted(subject)) return { type: 'LeftOut', why: 'notGranted' }
  const standing = standingConsent(subject.consents, consentId)
  if (standing === undefined) return { type: 'LeftOut', why: 'unanswered' }
  if (!standing.given) {
    return { type: 'LeftOut', why: isWithdrawn(subject.consents, consentId) ? 'withdrawn' : 'refused' }
  }
  if (isUnconfirmed(standing)) return { type: 'LeftOut', why: 'unconfirmed' }
  const shown = requestShown(policies, standing)
  const isProven = shown !== undefined && (standing.noticeHash === null || standing.noticeHash === shown.noticeHash)
  if (!isProven) return { type: 'LeftOut', why: 'noticeUnproven' }
  if (subject.holds.some((hold) => isOpenHold(hold, today))) return { type: 'LeftOut', why: 'onHold' }
  if (subject.conflicts.length > 0) return { type: 'LeftOut', why: 'disputed' }
  const agreed = new Set(shown.notice.items.map(({ id }) => id))
  return { type: 'Selected', items: items.filter((item) => agreed.has(item)), consent: standing }
}

const RUNNING: ReadonlySet<CaseState> = new Set(['eligible', 'notified', 'payment_pending', 'paid', 'changed'])

/** The service was granted and runs: nobody else needs a recipient. */
function isGranted({ state, history }: Pick<Case, 'state' | 'history'>): boolean {
  const decision = history.findLast((step) => ['eligible', 'ineligible', 'dismissed'].includes(step.state))
  return decision?.state === 'eligible' && RUNNING.has(state)
}
