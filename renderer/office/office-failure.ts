import { useTranslation } from 'react-i18next'
import type { DoorRefusal } from '#shared/ipc/contract.ts'
import type { OfficeFailure } from '#shared/ipc/office-methods.ts'
import type { StoreGone } from '../api/store-client.ts'
import { useFailureText } from '../case-display/failure-text.ts'

/** What is said about something that was not done at the centre: what it is, and what to do. */
export function useOfficeFailureText(): (failure: OfficeFailure | DoorRefusal | StoreGone) => string {
  const { t } = useTranslation('office')
  const { failureText } = useFailureText()
  return (failure) => {
    switch (failure.type) {
      case 'UnknownMethod':
      case 'RequestUnreadable':
      case 'StoreFault':
      case 'StoreGone':
        return failureText(failure)
      case 'CentreBusy':
        return t('failure.CentreBusy', { seconds: failure.retryAfterSeconds })
      case 'CapsuleRefused':
        return t(`failure.capsule.${failure.cause}`)
      case 'GrantRefused':
        return t(`failure.grant.${failure.cause}`)
      case 'NotTaken':
        return t(failure.where.includes('body/login') ? 'failure.LoginTaken' : 'failure.NotTaken')
      default:
        return t(`failure.${failure.type}`)
    }
  }
}
