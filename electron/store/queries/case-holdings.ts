import type { Case } from '#shared/domain/case/case.ts'
import { standingAnswer } from '#shared/domain/case/case-problems.ts'
import { consentsToAsk } from '#shared/domain/policy/consents-to-ask.ts'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import type { PolicyItemId } from '#shared/domain/policy/policy-item-id.ts'
import { itemById, statedWithoutConsent } from '#shared/domain/policy/policy-items.ts'
import { policyInForce } from '#shared/domain/policy/policy-versions.ts'
import { retentionUntil } from '#shared/domain/policy/retention.ts'
import type { Holding } from '#shared/ipc/views.ts'

/** Stands for all items of an application that rest on a law: they share the ground and the term of their file. */
const APPLICATION_ITEM: PolicyItemId = 'application.applicant.name'

/**
 * 왜 보유 중인가: each group of what the case holds, its ground and its last day, by the register in force on the day of
 * application. Empty when the text of that version is not held: then nobody here can say.
 */
export function caseHoldings(policies: readonly PolicyRegister[], subject: Case): Holding[] {
  const policy = policyInForce(policies, subject.appliedOn)
  if (!policy.ok) return []
  const { applicant } = subject
  return [
    lawHolding(policy.value, subject),
    ...(applicant.email === null ? [] : [consentHolding(policy.value, subject, 'email')]),
    ...(applicant.contactPhone === null ? [] : [consentHolding(policy.value, subject, 'contactPhone')]),
    ...provisionHoldings(policy.value, subject)
  ]
}

function lawHolding(policy: PolicyRegister, subject: Case): Holding {
  const laws = statedWithoutConsent(policy).flatMap((item) => item.legalBases)
  const ground = distinct(laws.filter(({ kind }) => kind === 'law').map(({ text }) => text))
  return { group: 'application', basis: 'law', ground, until: until(policy, APPLICATION_ITEM, subject) }
}

const CONSENT_ITEMS = {
  email: 'application.applicant.email',
  contactPhone: 'application.applicant.contactPhone'
} as const satisfies Record<string, PolicyItemId>

function consentHolding(policy: PolicyRegister, subject: Case, group: keyof typeof CONSENT_ITEMS): Holding {
  const item = itemById(policy, CONSENT_ITEMS[group])
  const ground = item.ok ? distinct(item.value.legalBases.map(({ text }) => text)) : ''
  return { group, basis: 'consent', ground, until: until(policy, CONSENT_ITEMS[group], subject) }
}

/** Each recipient that the person agreed to. Its term runs from an event that is not the application: no day is known. */
const provisionHoldings = (policy: PolicyRegister, subject: Case): Holding[] =>
  consentsToAsk(policy, subject.service)
    .filter(({ kind, id }) => kind === 'provision' && standingAnswer(subject.consents, id)?.given === true)
    .map(({ notice }) => ({
      group: 'provision',
      basis: 'consent',
      ground: `${notice.recipient?.name ?? ''} · ${notice.purpose} · ${notice.retention}`,
      until: null
    }))

function until(policy: PolicyRegister, itemId: PolicyItemId, subject: Case): string | null {
  const last = retentionUntil(policy, itemId, subject.appliedOn)
  return last.ok ? last.value : null
}

const distinct = (texts: readonly string[]): string => [...new Set(texts)].join(', ')
