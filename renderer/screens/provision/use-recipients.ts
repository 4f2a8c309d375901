import { endsWithAgreement } from '#shared/commands/provision/decide-provision.ts'
import { policyInForce } from '#shared/domain/policy/policy-versions.ts'
import { type RecipientTerms, recipientsOf } from '#shared/domain/provision/select-for-provision.ts'
import { useAsked } from '../../api/use-asked.ts'
import { useToday } from '../../view-state/clock.ts'

/** Who may be given, with the published words about her. */
export interface Recipient extends RecipientTerms {
  readonly name: string
  readonly itemsText: string
  readonly basisText: string
  readonly keeps: string
  readonly endsWithAgreement: boolean
}

/** Those of the policy in force today. */
export interface Recipients {
  readonly policyVersion: string
  readonly list: readonly Recipient[]
}

/** null: the text of the policy in force is not here. */
export function useRecipients(): Recipients | null {
  const today = useToday()
  const policies = useAsked('policy.versions', {}).value
  const policy = policies === undefined ? null : policyInForce(policies, today)
  if (policy === null || !policy.ok) return null
  const { id, provisions } = policy.value
  const list = recipientsOf(policy.value).map((terms) => {
    const provision = provisions.find((one) => one.id === terms.provisionId)
    const name = provision?.recipients.find((one) => one.id === terms.recipientId)?.name ?? terms.recipientId
    return {
      ...terms,
      name,
      itemsText: provision?.itemsText ?? '',
      basisText: provision?.legalBasesText ?? '',
      keeps: provision?.retention.text ?? '',
      endsWithAgreement: endsWithAgreement(policy.value, terms.provisionId)
    }
  })
  return { policyVersion: id, list }
}

/** Of any version that is held: what was given under an earlier one keeps its name. */
export function useRecipientName(): (recipientId: string) => string {
  const policies = useAsked('policy.versions', {}).value ?? []
  const named = policies.flatMap(({ provisions }) => provisions.flatMap(({ recipients }) => recipients))
  return (recipientId) => named.find(({ id }) => id === recipientId)?.name ?? recipientId
}
