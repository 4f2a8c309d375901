import type { ServiceCode } from '#shared/domain/case/service.ts'
import { oncePer } from '#shared/foundation/once-per.ts'
import type { PolicyRegister } from './policy.ts'
import type { PolicyConsent, Provision } from './policy-data.ts'
import { type PolicyItem, policyItems } from './policy-items.ts'

/** The parts of a notice that a form must make stand out (개인정보 보호법 시행령 17③). */
export type EmphasisedPart = 'retention' | 'recipient' | 'purpose'

/** What the person is told before answering: 15② for collecting, 17② for giving data to a recipient. */
export interface ConsentNotice {
  readonly purpose: string
  readonly items: readonly NoticeItem[]
  readonly retention: string
  /** null when nothing leaves the office. The recipient's contact is an office setting, found by the recipient's id. */
  readonly recipient: { readonly id: string; readonly name: string } | null
  readonly refusal: { readonly right: string; readonly consequence: string }
  readonly emphasised: readonly EmphasisedPart[]
}

export type NoticeItem = Pick<PolicyItem, 'id' | 'name' | 'subject'>

/** One consent to ask by itself, with a plain yes or no; a no never blocks the intake (개인정보 보호법 16③, 22⑤). */
export interface ConsentRequest {
  readonly id: string
  readonly kind: PolicyConsent['kind']
  /** The version whose notice this is: an answer is kept with it, and a new version asks anew. */
  readonly policyId: string
  readonly noticeHash: string
  readonly notice: ConsentNotice
}

/** The consents to ask when a person applies for the service, in the register's order. */
export const consentsToAsk = (policy: PolicyRegister, service: ServiceCode): readonly ConsentRequest[] =>
  allConsents(policy).flatMap(({ services, request }) =>
    services === 'all' || services.includes(service) ? [request] : []
  )

const allConsents = oncePer((policy: PolicyRegister) => {
  const itemOf = itemFinder(policy)
  return policy.consents.map((consent) => ({
    services: consent.services,
    request: {
      id: consent.id,
      kind: consent.kind,
      policyId: policy.id,
      noticeHash: consent.noticeHash,
      notice:
        consent.kind === 'collection' ? collectionNotice(consent, itemOf) : provisionNotice(policy, consent, itemOf)
    } satisfies ConsentRequest
  }))
})

/** The notice that an answer was given to, of whichever version; undefined: the version is not held, or asks no such thing. */
export const requestShown = (
  policies: readonly PolicyRegister[],
  { policyVersion, consentId }: { readonly policyVersion: string; readonly consentId: string }
): ConsentRequest | undefined => {
  const policy = policies.find(({ id }) => id === policyVersion)
  return policy && allConsents(policy).find(({ request }) => request.id === consentId)?.request
}

/** What a consent is to: the recipient, or the items. null: this version does not ask for it. */
export function consentName(policy: PolicyRegister, consentId: string): string | null {
  const consent = policy.consents.find(({ id }) => id === consentId)
  if (consent === undefined) return null
  const itemOf = itemFinder(policy)
  const notice =
    consent.kind === 'collection' ? collectionNotice(consent, itemOf) : provisionNotice(policy, consent, itemOf)
  return notice.recipient?.name ?? notice.items.map(({ name }) => name).join(', ')
}

type ItemFinder = (id: string) => PolicyItem

function collectionNotice(consent: Extract<PolicyConsent, { kind: 'collection' }>, itemOf: ItemFinder): ConsentNotice {
  const items = consent.items.map(itemOf)
  return {
    purpose: distinct(items.flatMap((item) => item.purposes.map((purpose) => purpose.text))),
    items: items.map(noticeItem),
    retention: distinct(items.map((item) => item.retention.text)),
    recipient: null,
    refusal: consent.refusal,
    emphasised: ['retention']
  }
}

function provisionNotice(
  policy: PolicyRegister,
  consent: Extract<PolicyConsent, { kind: 'provision' }>,
  itemOf: ItemFinder
): ConsentNotice {
  const provision = found(policy.provisions, consent.provision)
  const { id, name } = found(provision.recipients, consent.recipient)
  return {
    purpose: provision.purpose,
    items: provision.items.map(itemOf).map(noticeItem),
    retention: provision.retention.text,
    recipient: { id, name },
    refusal: consent.refusal,
    emphasised: ['recipient', 'purpose', 'retention']
  }
}

const noticeItem = ({ id, name, subject }: PolicyItem): NoticeItem => ({ id, name, subject })

const distinct = (texts: readonly string[]): string => [...new Set(texts)].join(', ')

function itemFinder(policy: PolicyRegister): ItemFinder {
  const items = policyItems(policy)
  return (id) => found(items, id)
}

/** A reference of a register that passed `parsePolicy` always resolves. */
function found<T extends PolicyItem | Provision | Provision['recipients'][number]>(rows: readonly T[], id: string): T {
  const row = rows.find((candidate) => candidate.id === id)
  if (row === undefined) throw new Error('the policy register was used without parsePolicy')
  return row
}
