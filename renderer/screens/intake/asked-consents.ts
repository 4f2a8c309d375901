import { consentFields } from '#shared/domain/case/case-problems.ts'
import type { ServiceCode } from '#shared/domain/case/service.ts'
import { type ConsentRequest, consentsToAsk } from '#shared/domain/policy/consents-to-ask.ts'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import { policyInForce } from '#shared/domain/policy/policy-versions.ts'

/** The register that judges an application of the day; null when none is held for it. */
export function policyOn(policies: readonly PolicyRegister[], appliedOn: string): PolicyRegister | null {
  if (appliedOn === '') return null
  const found = policyInForce(policies, appliedOn)
  return found.ok ? found.value : null
}

/** What has to be asked now: nothing as long as no service is chosen, null when no policy is in force. */
export function askedConsents(
  policy: PolicyRegister | null,
  service: ServiceCode | ''
): readonly ConsentRequest[] | null {
  if (policy === null) return null
  return service === '' ? [] : consentsToAsk(policy, service)
}

/** Optional fields of the applicant by the consent that each rests on. */
export type ContactFields = ReadonlyMap<string, 'email' | 'contactPhone'>

export function contactFields(policy: PolicyRegister | null): ContactFields {
  const fields = new Map<string, 'email' | 'contactPhone'>()
  for (const { field, consentId } of policy === null ? [] : consentFields(policy)) {
    if (field === 'applicant.email') fields.set(consentId, 'email')
    if (field === 'applicant.contactPhone') fields.set(consentId, 'contactPhone')
  }
  return fields
}
