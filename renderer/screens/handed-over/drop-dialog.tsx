import { useTranslation } from 'react-i18next'
import { store } from '../../api/store.ts'
import { ReasonDialog } from '../../case-display/reason-dialog.tsx'
import { useCentreFailureText } from '../../centre/centre-failure.ts'
import { toast } from '../../design-system/toast.tsx'
import type { SettleDialogProps } from './take-dialog.tsx'

/** The centre asks for as much. */
const SHORTEST_REASON = 5

/** Giving one up, for a reason. */
export function DropDialog({ item, onClose, onSettled }: SettleDialogProps) {
  const { t } = useTranslation(['quarantine', 'common'])
  const failureText = useCentreFailureText()
  const drop = async (reason: string): Promise<string | null> => {
    const reply = await store.ask('handedOver.drop', { commandId: item.commandId, caseId: item.caseId, reason })
    if (!reply.ok) return failureText(reply.error)
    toast(t('quarantine:dropDialog.done'))
    onSettled()
    onClose()
    return null
  }
  return (
    <ReasonDialog
      title={t('quarantine:dropDialog.title')}
      hint={t('common:reasonHint')}
      missing={t('quarantine:reasonMissing', { n: SHORTEST_REASON })}
      submit={t('quarantine:handedOver.drop')}
      submitKind="destroy"
      shortest={SHORTEST_REASON}
      onReason={drop}
      onClose={onClose}
    >
      {t('quarantine:dropDialog.text')}
    </ReasonDialog>
  )
}
