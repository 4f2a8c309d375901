import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SessionView, StoreProblem } from '#shared/ipc/views.ts'
import { store } from '../../api/store.ts'
import { useAsked } from '../../api/use-asked.ts'
import { useFailureText } from '../../case-display/failure-text.ts'
import { Button, TextButton } from '../../design-system/button.tsx'
import { Icon } from '../../design-system/icons.tsx'
import { Banner } from '../../design-system/states.tsx'
import { toast } from '../../design-system/toast.tsx'
import { formatCount } from '../../i18n/format.ts'
import { showSession } from '../../view-state/desk.ts'
import { GateFrame } from '../lock/gate-frame.tsx'
import './repair-screen.css'
import { StartAfreshDialog } from './start-afresh-dialog.tsx'

type BrokenSession = Extract<SessionView, { state: 'broken' }>

/** The ways out: most broken stores are received anew; two are not the file's fault. */
const WAY_OUT: Readonly<Record<StoreProblem, 'startAfresh' | 'update' | 'retry'>> = {
  key_missing: 'startAfresh',
  key_wrong: 'startAfresh',
  vault_lost: 'startAfresh',
  file_truncated: 'startAfresh',
  file_damaged: 'startAfresh',
  file_missing: 'startAfresh',
  file_from_future: 'update',
  disk_full: 'retry'
}

/** The store of this PC cannot be opened: what happened, what is safe, what to do. */
export function RepairScreen({ session }: { session: BrokenSession }) {
  const { t } = useTranslation(['repair', 'domain'])
  const { problem, rescuable } = session
  const wayOut = WAY_OUT[problem]
  return (
    <GateFrame state="broken" promises={false}>
      <header className="gate__head" data-problem={problem}>
        <p className="repair__mark">
          <Icon name="warning" size={24} />
          {t('repair:kicker')}
        </p>
        <h1>{t(`domain:storeProblem.${problem}`)}</h1>
        <p>{t(`repair:why.${problem}`)}</p>
      </header>
      <Banner tone="ok" icon="check">
        <strong>{t('repair:safeTitle')}</strong>
        <ul className="repair__safe">
          <li>
            {rescuable > 0 ? t('repair:safe.rescued', { n: formatCount(rescuable) }) : t('repair:safe.nothingWaiting')}
          </li>
          <li>{t(`repair:safe.${wayOut}`)}</li>
        </ul>
      </Banner>
      <section>
        <h2>{t('repair:doTitle')}</h2>
        <p className="repair__do">{t(`repair:do.${problem}`)}</p>
        {wayOut === 'startAfresh' && <StartAfresh rescuable={rescuable} />}
        {wayOut === 'retry' && <Retry problem={problem} />}
      </section>
      <SupportCode problem={problem} />
    </GateFrame>
  )
}

function StartAfresh({ rescuable }: { rescuable: number }) {
  const { t } = useTranslation('repair')
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button kind="primary" size="large" onClick={() => setAsking(true)}>
        {t('startAfresh.do')}
      </Button>
      {asking && <StartAfreshDialog rescuable={rescuable} onClose={() => setAsking(false)} />}
    </>
  )
}

/** The store looks again each time it is asked. */
function Retry({ problem }: { problem: StoreProblem }) {
  const { t } = useTranslation('repair')
  const { failureText } = useFailureText()
  const [busy, setBusy] = useState(false)
  const retry = async (): Promise<void> => {
    setBusy(true)
    const reply = await store.ask('session.current', {})
    setBusy(false)
    if (!reply.ok) return toast(failureText(reply.error), 'bad')
    const stillBroken = reply.value.state === 'broken' && reply.value.problem === problem
    if (stillBroken) toast(t('retry.still'), 'bad')
    showSession(reply.value)
  }
  return (
    <Button kind="primary" size="large" busy={busy} onClick={() => void retry()}>
      {t('retry.do')}
    </Button>
  )
}

function SupportCode({ problem }: { problem: StoreProblem }) {
  const { t } = useTranslation('repair')
  const info = useAsked('app.info', {}).value
  const code = `MNK-${problem.toUpperCase().replace(/_/g, '-')}-${info?.version ?? '?'}`
  return (
    <p className="repair__code">
      {t('code')} <code>{code}</code>
      <TextButton
        onClick={() => {
          window.desk.copyText(code)
          toast(t('codeCopied'))
        }}
      >
        {t('copyCode')}
      </TextButton>
    </p>
  )
}
