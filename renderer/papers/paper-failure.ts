import { useTranslation } from 'react-i18next'
import type { AskFailure } from '../api/store-client.ts'
import { useDestructionFailureText } from '../screens/destruction/destruction-failure.ts'

/** Why a paper was not given out, and what to do. */
export function usePaperFailureText(): (failure: AskFailure<'paper.give'>) => string {
  const { t } = useTranslation(['papers', 'domain'])
  const failureText = useDestructionFailureText()
  return (failure) => {
    switch (failure.type) {
      case 'BatchNotCompleted':
        return t('papers:failure.BatchNotCompleted', { state: t(`domain:batchState.${failure.state}`) })
      case 'PaperNotAllowed':
      case 'PaperNotPrinted':
      case 'SigningKeyMissing':
        return t(`papers:failure.${failure.type}`)
      default:
        return failureText(failure)
    }
  }
}
