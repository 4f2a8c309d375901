import { useTranslation } from 'react-i18next'
import { BATCH_REFUSAL_TYPES, type BatchRefusal } from '#shared/commands/destruction/batch-refusal.ts'
import type { Refusal } from '#shared/commands/refusal.ts'
import { useFailureText } from './failure-text.ts'

const isBatchRefusal = (refusal: BatchRefusal | Refusal): refusal is BatchRefusal =>
  (BATCH_REFUSAL_TYPES as readonly string[]).includes(refusal.type)

/** Why an act on a destruction batch was not done, and what to do now. */
export function useBatchRefusalText(): (refusal: BatchRefusal | Refusal) => string {
  const { t } = useTranslation('domain')
  const { refusalText } = useFailureText()
  return (refusal) => {
    if (!isBatchRefusal(refusal)) return refusalText(refusal) // the centre could not read it
    if (refusal.type === 'BatchStateWrong')
      return t('batchRefusal.BatchStateWrong', { state: t(`batchState.${refusal.state}`) })
    return t(`batchRefusal.${refusal.type}`)
  }
}
