import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StoreEvent } from '#shared/ipc/contract.ts'
import type { OutboxItem } from '#shared/ipc/views.ts'
import { store } from '../../api/store.ts'
import { useAsked } from '../../api/use-asked.ts'
import { useFailureText } from '../../case-display/failure-text.ts'
import { Button } from '../../design-system/button.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../design-system/states.tsx'
import { toast } from '../../design-system/toast.tsx'
import { formatCount } from '../../i18n/format.ts'
import { useDesk } from '../../view-state/desk.ts'
import { DiscardDialog } from './discard-dialog.tsx'
import { LineBanner } from './line-banner.tsx'
import { OutboxTable } from './outbox-table.tsx'
import './outbox-screen.css'

const changesOutbox = ({ event }: StoreEvent): boolean => event === 'syncChanged' || event === 'casesChanged'

/** 보낼편지함: what this PC did and the centre does not have yet, and what the centre refused. */
export function OutboxScreen() {
  const { t } = useTranslation(['outbox', 'common'])
  const { failureText } = useFailureText()
  const { value: items, failure, reload } = useAsked('outbox.list', {}, { again: changesOutbox })
  const [discarding, setDiscarding] = useState<OutboxItem | null>(null)
  return (
    <div className="screen">
      <header className="screen__head">
        <h1>{t('outbox:title')}</h1>
        {items && <span className="faint">{t('outbox:count', { n: formatCount(items.length) })}</span>}
        <span className="grow" />
        <SyncNow />
      </header>
      <LineBanner />
      {failure && !items && (
        <ErrorState title={failureText(failure)} action={<Button onClick={reload}>{t('common:retry')}</Button>} />
      )}
      {!items && !failure && <Skeleton lines={6} label={t('common:loading')} />}
      {items?.length === 0 && (
        <EmptyState icon="check" title={t('outbox:empty.title')}>
          {t('outbox:empty.text')}
        </EmptyState>
      )}
      {items && items.length > 0 && <OutboxLists items={items} onDiscard={setDiscarding} />}
      {discarding && <DiscardDialog item={discarding} onClose={() => setDiscarding(null)} onDiscarded={reload} />}
    </div>
  )
}

/** The refused ones first: they wait for a person, the others for the line. */
function OutboxLists({ items, onDiscard }: { items: readonly OutboxItem[]; onDiscard: (item: OutboxItem) => void }) {
  const refused = items.filter(({ status }) => status === 'refused')
  const waiting = items.filter(({ status }) => status === 'waiting')
  return (
    <div className="outbox">
      {refused.length > 0 && <OutboxTable status="refused" items={refused} onDiscard={onDiscard} />}
      {waiting.length > 0 && <OutboxTable status="waiting" items={waiting} onDiscard={onDiscard} />}
    </div>
  )
}

function SyncNow() {
  const { t } = useTranslation('outbox')
  const { failureText } = useFailureText()
  const [busy, setBusy] = useState(false)
  const sync = async (): Promise<void> => {
    setBusy(true)
    const reply = await store.ask('sync.now', {})
    setBusy(false)
    if (!reply.ok) return toast(failureText(reply.error), 'bad')
    useDesk.setState({ sync: reply.value })
    if (reply.value.state === 'offline') toast(t('stillOffline'), 'bad')
  }
  return (
    <Button kind="primary" icon="outbox" kbd="F5" busy={busy} onClick={() => void sync()}>
      {t('sendNow')}
    </Button>
  )
}
