import { useTranslation } from 'react-i18next'
import { GateFrame } from './gate-frame.tsx'
import { OnlineForm } from './online-form.tsx'

/** Nobody has signed in on this PC yet. */
export function FirstRunScreen() {
  const { t } = useTranslation('lock')
  return (
    <GateFrame state="first_run">
      <header className="gate__head">
        <h1>{t('firstRun.title')}</h1>
        <p>{t('firstRun.text')}</p>
      </header>
      <OnlineForm />
    </GateFrame>
  )
}
