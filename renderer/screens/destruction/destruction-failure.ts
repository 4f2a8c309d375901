import { useTranslation } from 'react-i18next'
import type { AskFailure } from '../../api/store-client.ts'
import { useBatchRefusalText } from '../../case-display/batch-refusal-text.ts'
import { useFailureText } from '../../case-display/failure-text.ts'
import { useCentreFailureText } from '../../centre/centre-failure.ts'

/** Anything that may go wrong with a destruction batch. */
export type DestructionFailure = AskFailure<
  'destruction.open' | 'destruction.act' | 'destruction.select' | 'destruction.approve'
>

/** What it is, and what to do. */
export function useDestructionFailureText(): (failure: DestructionFailure) => string {
  const { t } = useTranslation('destruction')
  const refusalText = useBatchRefusalText()
  const { failureText } = useFailureText()
  const centreFailureText = useCentreFailureText()
  return (failure) => {
    switch (failure.type) {
      case 'ActRefused':
        return refusalText(failure.refusal)
      case 'BatchNotFound':
        return refusalText({ type: 'BatchNotFound' })
      case 'WrongPassword':
        return t('failure.WrongPassword', { n: failure.attemptsLeft })
      case 'AccountLocked':
      case 'SigningKeyMissing':
        return t(`failure.${failure.type}`)
      case 'DiskFull':
        return failureText(failure)
      default:
        return centreFailureText(failure)
    }
  }
}
