import { useTranslation } from 'react-i18next'
import type { BatchItemView } from '#shared/ipc/destruction-views.ts'
import { Pill } from '../../design-system/pill.tsx'
import { formatDay } from '../../i18n/format.ts'
import type { Column } from '../../office/record-table.tsx'
import { useItemWords } from './use-item-words.ts'

/** Which case, how much of it, why and since when it is due, and whether it goes. */
export function useItemColumns(): readonly Column<BatchItemView>[] {
  const { t } = useTranslation(['destruction', 'domain'])
  const words = useItemWords()
  return [
    {
      key: 'case',
      head: t('destruction:items.case'),
      cell: (item) => (
        <>
          <strong>{words.caseText(item)}</strong>{' '}
          {item.case && <span className="faint">{t(`domain:service.${item.case.service}`)}</span>}
        </>
      )
    },
    { key: 'parts', head: t('destruction:items.parts'), width: 96, minor: true, cell: words.partsText },
    {
      key: 'cause',
      head: t('destruction:items.causeHead'),
      width: 128,
      cell: ({ cause }) => t(`destruction:cause.${cause}`)
    },
    {
      key: 'dueOn',
      head: t('destruction:items.dueOn'),
      width: 116,
      cell: ({ dueOn }) => formatDay(dueOn)
    },
    { key: 'records', head: t('destruction:items.recordsUntil'), width: 116, cell: words.recordsText },
    {
      key: 'standing',
      head: t('destruction:items.standing'),
      width: 84,
      cell: (item) => <Pill tone={item.exclusion === null ? 'bad' : 'plain'}>{words.standingText(item)}</Pill>
    }
  ]
}
