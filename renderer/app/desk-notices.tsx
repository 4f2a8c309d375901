import { useTranslation } from 'react-i18next'
import { store } from '../api/store.ts'
import { Button, TextButton } from '../design-system/button.tsx'
import { ProgressBar } from '../design-system/progress-bar.tsx'
import { Banner } from '../design-system/states.tsx'
import { useElapsed } from '../i18n/elapsed.ts'
import { formatCount, formatInstant } from '../i18n/format.ts'
import { useDesk } from '../view-state/desk.ts'
import './desk-notices.css'
import { paceWords } from './sync-words.ts'

/** What every screen says first: how the first download goes, and that the PC's time of use ends. */
export function DeskNotices() {
  return (
    <>
      <LeaseNotice />
      <FirstDownload />
    </>
  )
}

/** The desk is usable meanwhile; the person may stop it and take it up again. */
function FirstDownload() {
  const { t } = useTranslation(['shell', 'domain'])
  const sync = useDesk((desk) => desk.sync)
  if (sync?.state !== 'receiving' || !sync.firstDownload || sync.of === 0) return null
  const { done, of, firstDownload } = sync
  const { isPaused } = firstDownload
  const numbers = { done: formatCount(done), of: formatCount(of) }
  const turn = async (): Promise<void> => {
    const reply = await store.ask(isPaused ? 'sync.resumeDownload' : 'sync.pauseDownload', {})
    if (reply.ok) useDesk.setState({ sync: reply.value })
  }
  return (
    <section className="card first-download" aria-label={t('shell:firstDownload.label')}>
      <ProgressBar
        label={t('shell:firstDownload.label')}
        done={done}
        of={of}
        words={t(isPaused ? 'shell:firstDownload.paused' : 'shell:firstDownload.going', numbers)}
        aside={[...(isPaused ? [] : paceWords(t, firstDownload)), t('shell:firstDownload.meanwhile')].join(' · ')}
      />
      <Button size="small" onClick={() => void turn()}>
        {t(isPaused ? 'shell:firstDownload.resume' : 'shell:firstDownload.pause')}
      </Button>
    </section>
  )
}

function LeaseNotice() {
  const { t } = useTranslation('shell')
  const elapsed = useElapsed()
  const lease = useDesk(({ session }) => (session?.state === 'unlocked' ? session.lease : null))
  if (lease === null || lease.state === 'fine') return null
  const sync = async (): Promise<void> => {
    const reply = await store.ask('sync.now', {})
    if (reply.ok) useDesk.setState({ sync: reply.value })
  }
  const words = { left: elapsed(lease.endsAt), at: formatInstant(lease.endsAt) }
  return (
    <div className="lease-notice">
      <Banner tone="warn" icon="clock">
        <strong>{t(lease.state === 'over' ? 'lease.over' : 'lease.ending', words)}</strong> {t('lease.how')}{' '}
        <TextButton onClick={() => void sync()}>{t('sync.now')}</TextButton>
      </Banner>
    </div>
  )
}
