import { useTranslation } from 'react-i18next'
import type { OutboxItem } from '#shared/ipc/outbox-views.ts'
import { useFailureText } from '../../case-display/failure-text.ts'
import { formatCount } from '../../i18n/format.ts'

/** Why an item is still here, in a sentence that says what to do. */
export function useCauseText(): (item: OutboxItem) => string {
  const { t } = useTranslation('outbox')
  const { refusalText } = useFailureText()
  return ({ refusal, parked, waitsFor, amount }) => {
    if (refusal !== null) return refusalText(refusal)
    if (parked !== null) return t(`parkedCause.${parked}`, { n: formatCount(amount) })
    return t(`waitsFor.${waitsFor ?? 'line'}`)
  }
}
