import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StoreEvent } from '#shared/ipc/contract.ts'
import type { OutboxItem } from '#shared/ipc/outbox-views.ts'
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
import { OutboxDetailsPane } from './outbox-details.tsx'
import { OutboxTable } from './outbox-table.tsx'
import { useOutboxWays } from './outbox-ways.ts'
import { useOutboxKeys } from './use-outbox-keys.ts'
import '../../design-system/list-pane.css'
import './outbox-screen.css'

const changesOutbox = ({ event }: StoreEvent): boolean => event === 'syncChanged' || event === 'casesChanged'

/** 보낼편지함: what this PC did and the centre does not have yet, what the centre refused, and what went elsewhere. */
export function OutboxScreen() {
  const { t } = useTranslation(['outbox', 'common'])
  const { failureText } = useFailureText()
  const { value: items, failure, reload } = useAsked('outbox.list', {}, { again: changesOutbox })
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
      {items && items.length > 0 && <OutboxItems items={items} onSettled={reload} />}
    </div>
  )
}

/** The refused ones first: they wait for a person, the others for the line. */
const STATUSES = ['refused', 'parked', 'waiting'] as const

function OutboxItems({ items, onSettled }: { items: readonly OutboxItem[]; onSettled: () => void }) {
  const [selectedId, setSelectedId] = useState<string | null>(null)
  const [discarding, setDiscarding] = useState<OutboxItem | null>(null)
  const shown = STATUSES.map((status) => ({ status, items: items.filter((item) => item.status === status) }))
  const ordered = shown.flatMap((group) => group.items)
  const selected = ordered.find(({ commandId }) => commandId === selectedId) ?? null
  const takeAsRead = async ({ commandId }: OutboxItem): Promise<void> => {
    await store.ask('outbox.discard', { commandId })
    onSettled()
  }
  const ways = useOutboxWays(selected, {
    discard: (item) => (item.status === 'parked' ? void takeAsRead(item) : setDiscarding(item)),
    settled: onSettled
  })
  useOutboxKeys({ ordered, selected, select: setSelectedId, ways })
  return (
    <div className="list-pane">
      <div className="list-pane__list outbox">
        {shown.map((group) =>
          group.items.length === 0 ? null : (
            <OutboxTable
              key={group.status}
              {...group}
              selectedId={selected?.commandId ?? null}
              reachedId={(selected ?? ordered[0])?.commandId ?? null}
              onSelect={setSelectedId}
            />
          )
        )}
      </div>
      <OutboxDetailsPane item={selected} ways={ways} />
      {discarding && <DiscardDialog item={discarding} onClose={() => setDiscarding(null)} onDiscarded={onSettled} />}
    </div>
  )
}

/** What only a person can put right elsewhere: asking the centre again changes nothing. */
const ASKING_IS_VAIN: ReadonlySet<string> = new Set(['store_copied', 'session', 'device_revoked'])

function SyncNow() {
  const { t } = useTranslation('outbox')
  const { failureText } = useFailureText()
  const [busy, setBusy] = useState(false)
  const isVain = useDesk(({ sync: line }) => line?.state === 'needs_you' && ASKING_IS_VAIN.has(line.cause))
  if (isVain) return null
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
