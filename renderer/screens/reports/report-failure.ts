import { useTranslation } from 'react-i18next'
import type { AskFailure } from '../../api/store-client.ts'
import { useCentreFailureText } from '../../centre/centre-failure.ts'

/** Why a report was not begun, and what to do. */
export function useReportFailureText(): (failure: AskFailure<'report.start' | 'report.noteDeleted'>) => string {
  const { t } = useTranslation('reports')
  const centreFailureText = useCentreFailureText()
  return (failure) => {
    switch (failure.type) {
      case 'WrongPassword':
        return t('failure.WrongPassword', { attemptsLeft: failure.attemptsLeft })
      case 'AccountLocked':
      case 'SigningKeyMissing':
      case 'ReportRunning':
      case 'PlaceGone':
      case 'KeptTooLong':
        return t(`failure.${failure.type}`)
      default:
        return centreFailureText(failure)
    }
  }
}
