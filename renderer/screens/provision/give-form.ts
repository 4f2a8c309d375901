import type { ProvisionRequest } from '#shared/domain/provision/provision-run.ts'
import type { GiveForm } from './use-give-form.ts'

const SHORTEST_PURPOSE = 5
const SHORTEST_DOCUMENT = 2

/** As the fields hold it. */
type Typed = Pick<GiveForm, 'recipient' | 'policyVersion' | 'purpose' | 'document' | 'agreementEndsOn'>

/** Which of the fields say enough; the day of the end of the agreement only where it is asked for. */
export const isReady = ({ recipient, purpose, document, agreementEndsOn }: Typed, today: string) => ({
  purpose: purpose.trim().length >= SHORTEST_PURPOSE,
  document: document.trim().length >= SHORTEST_DOCUMENT,
  agreement: recipient?.endsWithAgreement !== true || (agreementEndsOn !== '' && agreementEndsOn >= today)
})

/** null: something is still to be said. */
export function requestOf(form: Typed, today: string): ProvisionRequest | null {
  const { recipient, policyVersion, purpose, document, agreementEndsOn } = form
  const ready = isReady(form, today)
  if (recipient === null || !ready.purpose || !ready.document || !ready.agreement) return null
  return {
    ...{ recipientId: recipient.recipientId, policyVersion, purpose: purpose.trim(), document: document.trim() },
    agreementEndsOn: recipient.endsWithAgreement ? agreementEndsOn : null
  }
}
