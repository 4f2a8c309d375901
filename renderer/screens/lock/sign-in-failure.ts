import { useTranslation } from 'react-i18next'
import type { DoorRefusal, SignInFailure } from '#shared/ipc/contract.ts'
import type { StoreGone } from '../../api/store-client.ts'
import { useFailureText } from '../../case-display/failure-text.ts'

export type EntryFailure = SignInFailure | DoorRefusal | StoreGone

/** What is said about a failed sign-in or unlock: what it is, and what to do. */
export function useEntryFailureText(): (failure: EntryFailure) => string {
  const { t } = useTranslation('domain')
  const { failureText } = useFailureText()
  return (failure) => {
    switch (failure.type) {
      case 'UnknownMethod':
      case 'RequestUnreadable':
      case 'StoreFault':
      case 'StoreGone':
        return failureText(failure)
      case 'WrongPassword':
        return t('signInFailure.WrongPassword', { attemptsLeft: failure.attemptsLeft })
      case 'EnrolmentCodeWrong':
        return t('signInFailure.EnrolmentCodeWrong', { attemptsLeft: failure.attemptsLeft })
      default:
        return t(`signInFailure.${failure.type}`)
    }
  }
}
