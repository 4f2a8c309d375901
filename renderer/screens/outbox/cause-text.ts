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
  const { t } = useTranslation(['outbox', 'domain'])
  const refusalText = useBatchRefusalText()
  const isHalted = useDesk(({ sync }) => isSendingHalted(sync))
  return ({ name, refusal, parked, waitsFor, amount }) => {
    // The one refusal that both kinds of acts share; what to do about it differs.
    const isCaseRole = refusal?.type === 'RoleNotAllowed' && name?.startsWith('batch.') !== true
    if (isCaseRole) return t('domain:refusal.RoleNotAllowed')
    if (refusal !== null) return refusalText(refusal)
    if (parked !== null) return t(`outbox:parkedCause.${parked}`, { n: formatCount(amount) })
    const waits = waitsFor ?? 'line'
    return t(waits === 'line' && isHalted ? 'outbox:waitsFor.halted' : `outbox:waitsFor.${waits}`)
  }
}
