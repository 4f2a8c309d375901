import { useTranslation } from 'react-i18next'
import { useFailureText } from '../../case-display/failure-text.ts'
import type { SubmitFailure } from './submit-intake.ts'

/** Why an intake was not taken, and what to do. */
export function useSubmitFailureText(): (failure: SubmitFailure) => string {
  const { t } = useTranslation('intake')
  const { failureText, refusalText } = useFailureText()
  return (failure) => {
    switch (failure.type) {
      case 'HasIssues':
        return t('review.hasIssues')
      case 'FormUnreadable':
        return t('review.unreadable', { where: failure.where.join(', ') })
      case 'Refused':
        return t('review.refused', { why: refusalText(failure.refusal) })
      default:
        return failureText(failure)
    }
  }
}
