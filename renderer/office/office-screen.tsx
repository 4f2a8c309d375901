import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { AskedView } from '../api/use-asked.ts'
import { CentreFrame, type CentreFrameProps } from '../centre/centre-frame.tsx'
import { Button } from '../design-system/button.tsx'
import { useOfficeFailureText } from './office-failure.ts'
import './office-screen.css'
import type { OfficeListMethod } from './use-office.ts'

interface OfficeScreenProps<M extends OfficeListMethod>
  extends Omit<CentreFrameProps<AskedView<M>['value']>, 'value' | 'silence'> {
  view: AskedView<M>
}

/** A screen of an administrator. */
export function OfficeScreen<M extends OfficeListMethod>({ view, ...frame }: OfficeScreenProps<M>) {
  const { t } = useTranslation('common')
  const failureText = useOfficeFailureText()
  const { failure } = view
  const silence = failure && {
    words: failureText(failure),
    isOffline: failure.type === 'CentreUnreachable',
    wayOut: <Button onClick={view.reload}>{t('retry')}</Button>
  }
  return <CentreFrame {...frame} value={view.value} silence={silence} />
}

interface FigureProps {
  value: string
  label: string
  tone?: 'ok' | 'warn' | 'bad' | undefined
}

/** A number that matters, with what it counts below it. */
export function Figure({ value, label, tone }: FigureProps) {
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
