import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SessionView } from '#shared/ipc/views.ts'
import { Button } from '../../design-system/button.tsx'
import { Banner } from '../../design-system/states.tsx'
import { formatCount } from '../../i18n/format.ts'
import { useWorkWords } from '../../i18n/use-work-words.ts'
import { GateFrame } from '../lock/gate-frame.tsx'
import { StartAfreshDialog } from '../repair/start-afresh-dialog.tsx'

/** An administrator has shut this PC out: what that means, what is kept, how the PC is taken in again. */
export function ShutOutScreen({ session }: { session: Extract<SessionView, { state: 'shut_out' }> }) {
  const { t } = useTranslation('lock')
  const [isAsking, setAsking] = useState(false)
  const workWords = useWorkWords()
  const { unsent, documents, isHandedOver, lost } = session
  const key = unsent + documents === 0 ? 'nothing' : isHandedOver ? 'handedOver' : 'waits'
  return (
    <GateFrame state="shut_out" promises={false}>
      <header className="gate__head">
        <h1>{t('shutOut.title')}</h1>
        <p>{t('shutOut.text')}</p>
      </header>
      <Banner tone="info" icon="lock">
        <p>{t(`shutOut.unsent.${key}`, { work: workWords({ commands: unsent, documents }) })}</p>
        {lost > 0 && <p>{t('shutOut.lost', { n: formatCount(lost) })}</p>}
      </Banner>
      <p>{t('shutOut.again')}</p>
      <Button onClick={() => setAsking(true)}>{t('shutOut.do')}</Button>
      {isAsking && (
        <StartAfreshDialog
          rescuable={unsent + documents}
          why="shut_out"
          isHandedOver={isHandedOver}
          onClose={() => setAsking(false)}
        />
      )}
    </GateFrame>
  )
}
