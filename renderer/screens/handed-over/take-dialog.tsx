import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HandedOverItem } from '#shared/ipc/quarantine-views.ts'
import { store } from '../../api/store.ts'
import { useActText } from '../../case-display/act-text.ts'
import { useCentreFailureText } from '../../centre/centre-failure.ts'
import { Button } from '../../design-system/button.tsx'
import { Dialog } from '../../design-system/dialog.tsx'
import { Banner } from '../../design-system/states.tsx'
import { toast } from '../../design-system/toast.tsx'

export interface SettleDialogProps {
  item: HandedOverItem
  onClose: () => void
  onSettled: () => void
}

/** Applying one: the centre decides it on the case as it is, with the rights of whoever takes it. */
export function TakeDialog({ item, onClose, onSettled }: SettleDialogProps) {
  const { t } = useTranslation(['quarantine', 'common'])
  const failureText = useCentreFailureText()
  const actText = useActText()
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<string | null>(null)
  const take = async (): Promise<void> => {
    if (busy) return
    setBusy(true)
    const reply = await store.ask('handedOver.take', { commandId: item.commandId, caseId: item.caseId })
    setBusy(false)
    if (!reply.ok) return setFailed(failureText(reply.error))
    toast(t('quarantine:takeDialog.done'))
    onSettled()
    onClose()
  }
  return (
    <Dialog
      title={t('quarantine:takeDialog.title')}
      size="small"
      onClose={onClose}
      closeLabel={t('common:close')}
      onSubmit={() => void take()}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t('quarantine:handedOver.take')}
          </Button>
        </>
      }
    >
      <p>
        <strong>{item.applicantName ?? t('quarantine:handedOver.notHere')}</strong> · {actText(item.name)}
      </p>
      <p>{t('quarantine:takeDialog.text')}</p>
      {failed && <Banner tone="bad">{failed}</Banner>}
    </Dialog>
  )
}
