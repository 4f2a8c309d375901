import { useTranslation } from 'react-i18next'
import type { AskedView } from '../api/use-asked.ts'
import { Button } from '../design-system/button.tsx'
import '../office/office-screen.css'
import { useAccount } from '../view-state/desk.ts'
import { signInAgain } from '../view-state/lock.ts'
import { type AnyCentreFailure, useCentreFailureText } from './centre-failure.ts'
import { CentreFrame, type CentreFrameProps, type CentreSilence } from './centre-frame.tsx'
import type { CentreMethod } from './use-centre-asked.ts'

interface CentreScreenProps<M extends CentreMethod>
  extends Omit<CentreFrameProps<AskedView<M>['value']>, 'value' | 'silence'> {
  view: AskedView<M>
}

/** A screen of an ordinary desk about what lies at the centre alone. */
export function CentreScreen<M extends CentreMethod>({ view, ...frame }: CentreScreenProps<M>) {
  return <CentreFrame {...frame} value={view.value} silence={useSilence(view)} />
}

/** Why the centre did not tell, in words and with a way out. */
export function useSilence<M extends CentreMethod>(view: AskedView<M>): CentreSilence | null {
  const failureText = useCentreFailureText()
  const failure: AnyCentreFailure | null = view.failure
  return (
    failure && {
      words: failureText(failure),
      isOffline: failure.type === 'CentreUnreachable',
      wayOut: <WayOut failure={failure} onRetry={view.reload} />
    }
  )
}

function WayOut({ failure, onRetry }: { failure: AnyCentreFailure; onRetry: () => void }) {
  const { t } = useTranslation(['common', 'shell'])
  const login = useAccount()?.login
  if (failure.type === 'SignInNeeded' && login !== undefined) {
    return <Button onClick={() => void signInAgain(login)}>{t('shell:sync.signInAgain')}</Button>
  }
  return <Button onClick={onRetry}>{t('common:retry')}</Button>
}
