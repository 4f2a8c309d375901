import { useTranslation } from 'react-i18next'
import type { BatchSummary } from '#shared/ipc/destruction-views.ts'
import { formatInstant } from '../../i18n/format.ts'
import { useAccount } from '../../view-state/desk.ts'

/** Who has to do what with a batch as it stands. */
export function useBatchNote(): (batch: BatchSummary) => string {
  const { t } = useTranslation('destruction')
  const isOfficer = useAccount()?.role === 'privacy_officer'
  return ({ state, ways, coolsUntil }) => {
    if (state === 'cooling') return t('note.cooling', { until: coolsUntil === null ? '' : formatInstant(coolsUntil) })
    if (state === 'requested' && isOfficer && !ways.includes('batch.approve')) return t('note.ownList')
    return t(`note.${state}`)
  }
}
