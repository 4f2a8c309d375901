import { useTranslation } from 'react-i18next'
import type { ProvisionRefusal } from '#shared/commands/provision/provision-refusal.ts'
import type { AskFailure } from '../../api/store-client.ts'
import { useFailureText } from '../../case-display/failure-text.ts'
import { useCentreFailureText } from '../../centre/centre-failure.ts'
import { formatCount } from '../../i18n/format.ts'

export type ProvisionFailure = AskFailure<'provision.preview' | 'provision.give' | 'provision.write' | 'provision.act'>

/** What went wrong with a provision, and what to do. */
export function useProvisionFailureText(): (failure: ProvisionFailure) => string {
  const { t } = useTranslation('provision')
  const { failureText } = useFailureText()
  const centreFailureText = useCentreFailureText()
  const refusalText = (refusal: ProvisionRefusal): string =>
    refusal.type === 'SelectionChanged'
      ? t('refusal.SelectionChanged', { n: formatCount(refusal.persons.length) })
      : t(`refusal.${refusal.type}`)
  return (failure) => {
    switch (failure.type) {
      case 'ProvisionRefused':
        return refusalText(failure.refusal)
      case 'RecipientUnknown':
      case 'PreviewStale':
        return t(`failure.${failure.type}`)
      case 'DiskFull':
        return failureText(failure)
      default:
        return centreFailureText(failure)
    }
  }
}
