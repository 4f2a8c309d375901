import { useTranslation } from 'react-i18next'
import { type ConsentRequest, requestShown } from '#shared/domain/policy/consents-to-ask.ts'
import { useAsked } from '../../api/use-asked.ts'

interface Named {
  readonly consentId: string
  readonly policyVersion: string
}

/** What a consent is to, and what for, in the words of the version that asked; its id where that is not held. */
export function useConsentWords(): { nameOf: (one: Named) => string; purposeOf: (one: Named) => string } {
  const { t } = useTranslation('case')
  const policies = useAsked('policy.versions', {}).value ?? []
  const nameOf = ({ notice }: ConsentRequest): string =>
    notice.recipient
      ? t('consents.provide', { name: notice.recipient.name })
      : `${t('consents.collect')}: ${notice.items.map(({ name }) => name).join(', ')}`
  return {
    nameOf: (one) => {
      const request = requestShown(policies, one)
      return request ? nameOf(request) : one.consentId
    },
    purposeOf: (one) => requestShown(policies, one)?.notice.purpose ?? ''
  }
}
