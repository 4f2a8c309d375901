import { useTranslation } from 'react-i18next'
import type { OutboxItem } from '#shared/ipc/outbox-views.ts'
import type { SyncStatus } from '#shared/ipc/views.ts'
import { useBatchRefusalText } from '../../case-display/batch-refusal-text.ts'
import { formatCount } from '../../i18n/format.ts'
import { useDesk } from '../../view-state/desk.ts'

/** Nothing is sent until a person has put something right. */
export const isSendingHalted = (sync: SyncStatus | null): boolean =>
  sync?.state === 'needs_you' && sync.cause !== 'refused'

/** Why an item is still here, in a sentence that says what to do. */
export function useCauseText(): (item: OutboxItem) => string {
  const { t } = useTranslation('outbox')
  const refusalText = useBatchRefusalText()
  const isHalted = useDesk(({ sync }) => isSendingHalted(sync))
  return ({ refusal, parked, waitsFor, amount }) => {
    if (refusal !== null) return refusalText(refusal)
    if (parked !== null) return t(`parkedCause.${parked}`, { n: formatCount(amount) })
    const waits = waitsFor ?? 'line'
    return t(waits === 'line' && isHalted ? 'waitsFor.halted' : `waitsFor.${waits}`)
  }
}
