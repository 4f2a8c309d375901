import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { AskedView } from '../api/use-asked.ts'
import { Button } from '../design-system/button.tsx'
import { Banner, ErrorState, Skeleton } from '../design-system/states.tsx'
import '../office/office-screen.css'
import { useAccount } from '../view-state/desk.ts'
import { signInAgain } from '../view-state/lock.ts'
import { type AnyCentreFailure, useCentreFailureText } from './centre-failure.ts'
import type { CentreList } from './use-centre-list.ts'

interface CentreScreenProps<M extends CentreList> {
  title: string
  /** A few quiet words beside the title. */
  note?: ReactNode
  actions?: ReactNode
  view: AskedView<M>
  children: (value: NonNullable<AskedView<M>['value']>) => ReactNode
}

/** A screen of what lies at the centre alone: waiting, out of reach, or what it answered last. */
export function CentreScreen<M extends CentreList>({ title, note, actions, view, children }: CentreScreenProps<M>) {
  const { t } = useTranslation(['quarantine', 'common'])
  const failureText = useCentreFailureText()
  const { value, reload } = view
  const failure: AnyCentreFailure | null = view.failure
  return (
    <div className="screen">
      <header className="screen__head">
        <h1>{title}</h1>
        {note && <span className="faint">{note}</span>}
        <span className="grow" />
        {actions}
      </header>
      {failure && value !== undefined && (
        <Banner tone="warn" icon="offline">
          {failureText(failure)} {t('quarantine:shownIsOld')}
        </Banner>
      )}
      {failure && value === undefined && (
        <ErrorState
          icon={failure.type === 'CentreUnreachable' ? 'offline' : 'warning'}
          title={failureText(failure)}
          action={<WayOut failure={failure} onRetry={reload} />}
        />
      )}
      {!failure && value === undefined && <Skeleton lines={6} label={t('common:loading')} />}
      {value !== undefined && value !== null && children(value)}
    </div>
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
