import { useTranslation } from 'react-i18next'
import type { AskedView } from '../api/use-asked.ts'
import { Button } from '../design-system/button.tsx'
import '../office/office-screen.css'
import { useAccount } from '../view-state/desk.ts'
import { signInAgain } from '../view-state/lock.ts'
import { type AnyCentreFailure, useCentreFailureText } from './centre-failure.ts'
import { CentreFrame, type CentreFrameProps } from './centre-frame.tsx'
import type { CentreList } from './use-centre-list.ts'

interface CentreScreenProps<M extends CentreList>
  extends Omit<CentreFrameProps<AskedView<M>['value']>, 'value' | 'silence'> {
  view: AskedView<M>
}

/** A screen of an ordinary desk about what lies at the centre alone. */
export function CentreScreen<M extends CentreList>({ view, ...frame }: CentreScreenProps<M>) {
  const failureText = useCentreFailureText()
  const failure: AnyCentreFailure | null = view.failure
  const silence = failure && {
    words: failureText(failure),
    isOffline: failure.type === 'CentreUnreachable',
    wayOut: <WayOut failure={failure} onRetry={view.reload} />
  }
  return <CentreFrame {...frame} value={view.value} silence={silence} />
}

function WayOut({ failure, onRetry }: { failure: AnyCentreFailure; onRetry: () => void }) {
  const { t } = useTranslation(['common', 'shell'])
  const login = useAccount()?.login
  if (failure.type === 'SignInNeeded' && login !== undefined) {
    return <Button onClick={() => void signInAgain(login)}>{t('shell:sync.signInAgain')}</Button>
  }
  return <Button onClick={onRetry}>{t('common:retry')}</Button>
}
