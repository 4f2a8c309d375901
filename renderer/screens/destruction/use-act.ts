import { useTranslation } from 'react-i18next'
import type { PlainAct } from '#shared/commands/destruction/batch-intent.ts'
import { store } from '../../api/store.ts'
import { toast } from '../../design-system/toast.tsx'
import { isOffline } from '../../view-state/desk.ts'
import { useDestructionFailureText } from './destruction-failure.ts'

/** Does something to a batch and says so; null when done, else why not. */
export function useAct(batchId: string): (act: PlainAct, done: string) => Promise<string | null> {
  const { t } = useTranslation('destruction')
  const failureText = useDestructionFailureText()
  return async (act, done) => {
    const reply = await store.ask('destruction.act', { batchId, act })
    if (!reply.ok) return failureText(reply.error)
    toast(isOffline() ? `${done} ${t('done.offline')}` : done)
    return null
  }
}
