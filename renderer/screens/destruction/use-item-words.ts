import { useTranslation } from 'react-i18next'
import type { BatchItemView } from '#shared/ipc/destruction-views.ts'
import { formatCount, formatDay } from '../../i18n/format.ts'

/** An item of a list in words. */
export function useItemWords() {
  const { t } = useTranslation('destruction')
  return {
    caseText: ({ case: here }: BatchItemView): string => here?.applicationNo ?? t('items.notHere'),
    partsText: ({ parts }: BatchItemView): string =>
      parts === 'case' ? t('items.whole') : t('items.fields', { n: formatCount(parts.length) }),
    recordsText: ({ recordsUntil }: BatchItemView): string => {
      if (recordsUntil === null) return t('items.noRecord')
      return recordsUntil === 'open' ? t('items.recordsOpen') : formatDay(recordsUntil)
    },
    standingText: ({ exclusion }: BatchItemView): string =>
      exclusion === null ? t('items.toDestroy') : t(`exclusion.${exclusion.kind}`)
  }
}
