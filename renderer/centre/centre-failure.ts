import { useTranslation } from 'react-i18next'
import type { DoorRefusal } from '#shared/ipc/contract.ts'
import type { Locked } from '#shared/ipc/locked.ts'
import type { CentreFailure, NotTaken } from '#shared/ipc/quarantine-methods.ts'
import type { StoreGone } from '../api/store-client.ts'
import { useFailureText } from '../case-display/failure-text.ts'

/** Anything that may go wrong with a question that goes to the centre at once. */
export type AnyCentreFailure = CentreFailure | NotTaken | Locked | DoorRefusal | StoreGone

/** What is said about it: what it is, and what to do. */
export function useCentreFailureText(): (failure: AnyCentreFailure) => string {
  const { t } = useTranslation('quarantine')
  const { failureText } = useFailureText()
  return (failure) => {
    switch (failure.type) {
      case 'UnknownMethod':
      case 'RequestUnreadable':
      case 'StoreFault':
      case 'StoreGone':
      case 'Locked':
        return failureText(failure)
      case 'CentreBusy':
        return t('failure.CentreBusy', { seconds: failure.retryAfterSeconds })
      case 'NotTaken':
        return t(`failure.NotTaken.${failure.cause}`)
      default:
        return t(`failure.${failure.type}`)
    }
  }
}
