import { useTranslation } from 'react-i18next'
import type { QuarantineEntry } from '#shared/ipc/quarantine-views.ts'
import { store } from '../../api/store.ts'
import { ReasonDialog } from '../../case-display/reason-dialog.tsx'
import { useCentreFailureText } from '../../centre/centre-failure.ts'
import { toast } from '../../design-system/toast.tsx'
import { formatCount } from '../../i18n/format.ts'

interface DestroyDialogProps {
  entries: readonly QuarantineEntry[]
  onClose: () => void
  onChanged: () => void
}

/** The centre asks for as much. */
const SHORTEST_REASON = 5

/** Destroys one after the other, each with the same reason; at the first that fails it stops and says how far it came. */
export function DestroyDialog({ entries, onClose, onChanged }: DestroyDialogProps) {
  const { t } = useTranslation('quarantine')
  const failureText = useCentreFailureText()
  const n = formatCount(entries.length)
  const destroy = async (reason: string): Promise<string | null> => {
    for (const [done, { commandId, caseId }] of entries.entries()) {
      const reply = await store.ask('quarantine.destroy', { commandId, caseId, reason })
      if (reply.ok) continue
      onChanged()
      const text = failureText(reply.error)
      return done === 0 ? text : `${t('destroyDialog.some', { done: formatCount(done), n })} ${text}`
    }
    toast(t('destroyDialog.done', { n }))
    onChanged()
    onClose()
    return null
  }
  return (
    <ReasonDialog
      title={t('destroyDialog.title', { n })}
      label={t('destroyDialog.reason')}
      hint={t('destroyDialog.hint')}
      missing={t('reasonMissing', { n: SHORTEST_REASON })}
      submit={t('destroyDialog.submit')}
      submitKind="destroy"
      shortest={SHORTEST_REASON}
      onReason={destroy}
      onClose={onClose}
    >
      {t('destroyDialog.text')}
    </ReasonDialog>
  )
}
