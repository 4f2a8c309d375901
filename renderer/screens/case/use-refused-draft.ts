import { useTranslation } from 'react-i18next'
import { store } from '../../api/store.ts'
import { toast } from '../../design-system/toast.tsx'
import type { UnfinishedCorrection } from './correction-body.ts'

/**
 * The ends of a dialog that may have been opened on a refused change: `finish` when it was sent or given up, `leave` when
 * the person comes back to it later. Without a refused change both only close.
 */
export function useRefusedDraft(
  unfinished: UnfinishedCorrection | null,
  onClose: (how?: 'later') => void
): { readonly finish: () => void; readonly leave: () => void } {
  const { t } = useTranslation('case')
  return {
    finish: () => {
      if (unfinished !== null) void store.ask('draft.discard', { id: unfinished.draftId })
      onClose()
    },
    leave: () => {
      if (unfinished !== null) toast(t('refused.later'))
      onClose(unfinished === null ? undefined : 'later')
    }
  }
}
