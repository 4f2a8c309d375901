import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import type { CaseField } from '#shared/domain/case/field-names.ts'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import type { Unconfirmed } from '#shared/domain/retention/retention-facts.ts'
import type { ConsentRecord } from './consent-record.ts'

/** The answer that counts for a consent: the last one in the list. */
export const standingConsent = (consents: readonly ConsentRecord[], consentId: string): ConsentRecord | undefined =>
  consents.findLast((record) => record.consentId === consentId)

/** A yes that waits for the legal representative. */
export const isUnconfirmed = ({ given, representative }: ConsentRecord): boolean =>
  given && representative?.as === 'legal_representative' && representative.confirmedAt === null

/** Whether data may be given or used on the strength of the consent. */
export function isConsentEffective(consents: readonly ConsentRecord[], consentId: string): boolean {
  const standing = standingConsent(consents, consentId)
  return standing?.given === true && !isUnconfirmed(standing)
}

/** A no that came after a yes. */
export function isWithdrawn(consents: readonly ConsentRecord[], consentId: string): boolean {
  const answers = consents.filter((record) => record.consentId === consentId)
  return answers.at(-1)?.given === false && answers.some(({ given }) => given)
}

/** The fields that a standing no keeps closed: not shown, not found, not changed, and to be destroyed. */
export function closedFields(consents: readonly ConsentRecord[]): readonly CaseField[] {
  if (consents.every(({ closes }) => closes.length === 0)) return NONE
  return consents.flatMap((record) =>
    record.closes.length > 0 && standingConsent(consents, record.consentId) === record ? record.closes : []
  )
}
const NONE: readonly CaseField[] = []

/** The standing no that keeps the field closed. */
export const closingConsent = (consents: readonly ConsentRecord[], field: CaseField): ConsentRecord | undefined =>
  consents.find((record) => record.closes.includes(field) && standingConsent(consents, record.consentId) === record)

/** What the office collected on the yes of a representative who has not confirmed it (표준 개인정보 보호지침 13조 2항). */
export const unconfirmedOf = (policies: readonly PolicyRegister[], consents: readonly ConsentRecord[]): Unconfirmed[] =>
  consents
    .filter((record) => isUnconfirmed(record) && standingConsent(consents, record.consentId) === record)
    .flatMap(({ consentId, policyVersion, answeredAt }) => {
      const asked = policies.find(({ id }) => id === policyVersion)?.consents.find(({ id }) => id === consentId)
      return asked?.kind === 'collection' ? [{ items: asked.items, collectedOn: koreanDayOf(answeredAt) }] : []
    })
