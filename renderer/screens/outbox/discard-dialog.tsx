import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutboxItem } from '#shared/ipc/outbox-views.ts'
import { store } from '../../api/store.ts'
import { useAsked } from '../../api/use-asked.ts'
import { useFailureText } from '../../case-display/failure-text.ts'
import { Button } from '../../design-system/button.tsx'
import { Dialog } from '../../design-system/dialog.tsx'
import { Banner } from '../../design-system/states.tsx'
import { toast } from '../../design-system/toast.tsx'
import { useCauseText } from './cause-text.ts'
import { Content } from './outbox-details.tsx'
import { ItemSubject } from './outbox-table.tsx'

interface DiscardDialogProps {
  item: OutboxItem
  onClose: () => void
  onDiscarded: () => void
}

const lossOf = ({ name, batch }: OutboxItem) =>
  batch !== null ? 'textAct' : name === 'case.register' ? 'textIntake' : 'text'

/** Giving up a refused change shows first exactly what is lost. */
export function DiscardDialog({ item, onClose, onDiscarded }: DiscardDialogProps) {
  const { t } = useTranslation(['outbox', 'common'])
  const { failureText } = useFailureText()
  const causeText = useCauseText()
  const details = useAsked('outbox.details', { commandId: item.commandId }).value
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const discard = async (): Promise<void> => {
    setBusy(true)
    const reply = await store.ask('outbox.discard', { commandId: item.commandId })
    setBusy(false)
    if (!reply.ok) return setFailure(failureText(reply.error))
    toast(t('outbox:discardDialog.done'))
    onDiscarded()
    onClose()
  }
  return (
    <Dialog
      title={t('outbox:discardDialog.title')}
      onClose={onClose}
      closeLabel={t('common:close')}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="danger" busy={busy} onClick={() => void discard()}>
            {t('outbox:discardDialog.confirm')}
          </Button>
        </>
      }
    >
      {failure && (
        <Banner tone="bad" icon="warning">
          {failure}
        </Banner>
      )}
      <p>
        <ItemSubject item={item} />
      </p>
      <p>{causeText(item)}</p>
      <p>{t(`outbox:discardDialog.${lossOf(item)}`)}</p>
      {details && <Content details={details} />}
      {details?.reason && (
        <p>
          <span className="faint">{t('outbox:details.reason')}</span> {details.reason}
        </p>
      )}
    </Dialog>
  )
}
