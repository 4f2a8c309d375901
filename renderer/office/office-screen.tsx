import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { AskedView } from '../api/use-asked.ts'
import { Button } from '../design-system/button.tsx'
import { Banner, ErrorState, Skeleton } from '../design-system/states.tsx'
import { useOfficeFailureText } from './office-failure.ts'
import './office-screen.css'
import type { OfficeListMethod } from './use-office.ts'

interface OfficeScreenProps<M extends OfficeListMethod> {
  title: string
  /** A few quiet words beside the title. */
  note?: ReactNode
  actions?: ReactNode
  view: AskedView<M>
  children: (value: NonNullable<AskedView<M>['value']>) => ReactNode
}

/** The frame of an administrator's screen: waiting, out of reach, or what the centre answered, however old it is. */
export function OfficeScreen<M extends OfficeListMethod>(props: OfficeScreenProps<M>) {
  const { title, note, actions, view, children } = props
  const { t } = useTranslation(['office', 'common'])
  const failureText = useOfficeFailureText()
  const { value, failure, reload } = view
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
          {failureText(failure)} {t('office:shownIsOld')}
        </Banner>
      )}
      {failure && value === undefined && (
        <ErrorState title={failureText(failure)} action={<Button onClick={reload}>{t('common:retry')}</Button>} />
      )}
      {!failure && value === undefined && <Skeleton lines={6} label={t('common:loading')} />}
      {value !== undefined && value !== null && children(value)}
    </div>
  )
}

/** A number that matters, with what it counts below it. */
export function Figure({ value, label, tone }: { value: string; label: string; tone?: 'ok' | 'warn' | 'bad' }) {
  return (
    <div className={tone ? `figure figure--${tone}` : 'figure'}>
      <dd className="figure__value">{value}</dd>
      <dt className="figure__label">{label}</dt>
    </div>
  )
}

export function Figures({ children }: { children: ReactNode }) {
  return <dl className="figures card">{children}</dl>
}
