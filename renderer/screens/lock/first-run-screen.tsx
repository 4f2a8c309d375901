import { useTranslation } from 'react-i18next'
import type { SessionView } from '#shared/ipc/views.ts'
import { ErasedNote } from './erased-note.tsx'
import { GateFrame } from './gate-frame.tsx'
import { OnlineForm } from './online-form.tsx'

/** Nobody has signed in on this PC yet. */
export function FirstRunScreen({ session }: { session: Extract<SessionView, { state: 'first_run' }> }) {
  const { t } = useTranslation('lock')
  return (
    <GateFrame state="first_run" promises={session.erased === null}>
      <header className="gate__head">
        <h1>{t('firstRun.title')}</h1>
        <p>{t('firstRun.text')}</p>
      </header>
      {session.erased && <ErasedNote erased={session.erased} />}
      <OnlineForm />
    </GateFrame>
  )
}
