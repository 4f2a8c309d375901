import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { store } from '../../api/store.ts'
import { Button } from '../../design-system/button.tsx'
import { Dialog } from '../../design-system/dialog.tsx'
import { Banner } from '../../design-system/states.tsx'
import { toast } from '../../design-system/toast.tsx'
import { formatCount } from '../../i18n/format.ts'
import type { BatchDialogProps } from './batch-dialog.tsx'
import { useDestructionFailureText } from './destruction-failure.ts'

/** 대상 선정: the whole cases that the centre found to be due. */
export function SelectDialog({ batch, onClose }: BatchDialogProps) {
  const { t } = useTranslation(['destruction', 'common'])
  const failureText = useDestructionFailureText()
  const [failed, setFailed] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const select = async (): Promise<void> => {
    if (busy) return
    setBusy(true)
    const reply = await store.ask('destruction.select', { batchId: batch.id })
    setBusy(false)
    if (!reply.ok) return setFailed(failureText(reply.error))
    const { found } = reply.value
    toast(
      found === 0 ? t('destruction:selectDialog.none') : t('destruction:selectDialog.done', { n: formatCount(found) })
    )
    onClose()
  }
  return (
    <Dialog
      title={t('destruction:selectDialog.title')}
      onClose={onClose}
      closeLabel={t('common:close')}
      onSubmit={() => void select()}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t('destruction:selectDialog.submit')}
          </Button>
        </>
      }
    >
      <p>{t('destruction:selectDialog.text')}</p>
      {failed && <Banner tone="bad">{failed}</Banner>}
    </Dialog>
  )
}
