import { useTranslation } from 'react-i18next'
import type { BatchItemView } from '#shared/ipc/destruction-views.ts'
import { ReasonDialog } from '../../case-display/reason-dialog.tsx'
import { useAct } from './use-act.ts'
import { useItemWords } from './use-item-words.ts'

export interface ItemDialogProps {
  batchId: string
  item: BatchItemView
  onClose: () => void
}

/** 제외: the item stays out of this batch, for a reason. */
export function ExcludeDialog({ batchId, item, onClose }: ItemDialogProps) {
  const { t } = useTranslation('destruction')
  const { caseText } = useItemWords()
  const act = useAct(batchId)
  const onReason = async (reason: string): Promise<string | null> => {
    const args = { caseId: item.caseId, reason }
    const failed = await act({ name: 'batch.exclude', args }, t('excludeDialog.done'))
    if (failed === null) onClose()
    return failed
  }
  return (
    <ReasonDialog
      title={t('excludeDialog.title')}
      hint={t('reasonHint')}
      missing={t('reasonMissing')}
      submit={t('excludeDialog.submit')}
      onReason={onReason}
      onClose={onClose}
    >
      {t('excludeDialog.text', { what: caseText(item) })}
    </ReasonDialog>
  )
}
