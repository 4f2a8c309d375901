import { useState } from 'react'
import { type Recipient, useRecipients } from './use-recipients.ts'

/** What the officer fills in, and who may be given. */
export interface GiveForm {
  readonly recipients: readonly Recipient[]
  readonly policyVersion: string
  readonly recipient: Recipient | null
  readonly choose: (recipientId: string) => void
  readonly purpose: string
  readonly setPurpose: (purpose: string) => void
  readonly document: string
  readonly setDocument: (document: string) => void
  readonly agreementEndsOn: string
  readonly setAgreementEndsOn: (day: string) => void
}

export function useGiveForm(): GiveForm {
  const recipients = useRecipients()
  const [recipientId, choose] = useState<string | null>(null)
  const [purpose, setPurpose] = useState('')
  const [document, setDocument] = useState('')
  const [agreementEndsOn, setAgreementEndsOn] = useState('')
  return {
    recipients: recipients?.list ?? [],
    policyVersion: recipients?.policyVersion ?? '',
    recipient: recipients?.list.find((one) => one.recipientId === recipientId) ?? null,
    choose,
    ...{ purpose, setPurpose, document, setDocument, agreementEndsOn, setAgreementEndsOn }
  }
}
