import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Banner, ErrorState, Skeleton } from '../design-system/states.tsx'

/** Why the centre did not tell. */
export interface CentreSilence {
  readonly words: string
  readonly isOffline: boolean
  readonly wayOut: ReactNode
}

export interface CentreAnswerProps<Value> {
  value: Value | undefined
  /** Null: it told, or is asked right now. */
  silence: CentreSilence | null
  children: (value: NonNullable<Value>) => ReactNode
}

export interface CentreFrameProps<Value> extends CentreAnswerProps<Value> {
  title: string
  /** A few quiet words beside the title. */
  note?: ReactNode
  actions?: ReactNode
}

/** A screen of what the centre alone has. */
export function CentreFrame<Value>({ title, note, actions, ...answer }: CentreFrameProps<Value>) {
  return (
    <div className="screen">
      <header className="screen__head">
        <h1>{title}</h1>
        {note && <span className="faint">{note}</span>}
        <span className="grow" />
        {actions}
      </header>
      <CentreAnswer {...answer} />
    </div>
  )
}

/** What the centre alone has: waiting, out of reach, or what it answered, however old that is. */
export function CentreAnswer<Value>({ value, silence, children }: CentreAnswerProps<Value>) {
  const { t } = useTranslation('common')
  return (
    <>
      {silence && value !== undefined && (
        <Banner tone="warn" icon={silence.isOffline ? 'offline' : 'warning'}>
          {silence.words} {t('shownIsOld')}
        </Banner>
      )}
      {silence && value === undefined && <Silence {...silence} />}
      {!silence && value === undefined && <Skeleton lines={6} label={t('loading')} />}
      {value !== undefined && value !== null && children(value)}
    </>
  )
}

/** The first sentence says what it is, the others what to do. */
function Silence({ words, isOffline, wayOut }: CentreSilence) {
  const end = words.indexOf('. ')
  const [what, then] = end < 0 ? [words, ''] : [words.slice(0, end), words.slice(end + 2)]
  return (
    <ErrorState icon={isOffline ? 'offline' : 'warning'} title={what} action={wayOut}>
      {then}
    </ErrorState>
  )
}
