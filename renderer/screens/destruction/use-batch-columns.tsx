import { useTranslation } from 'react-i18next'
import type { BatchSummary } from '#shared/ipc/destruction-views.ts'
import { useOfficialName } from '../../case-display/official-name.ts'
import { Pill } from '../../design-system/pill.tsx'
import { formatCount, formatDay, formatInstant } from '../../i18n/format.ts'
import type { Column } from '../../office/record-table.tsx'
import { todoOf } from './batch-todo.ts'
import { STATE_TONES } from './state-tone.ts'

/** Which batch, where it stands, how much it is, whose it is, and what is to be done. */
export function useBatchColumns(): readonly Column<BatchSummary>[] {
  const { t } = useTranslation(['destruction', 'domain'])
  const officialName = useOfficialName()
  return [
    {
      key: 'due',
      head: t('destruction:column.due'),
      cell: ({ plan }) => <strong>{t('destruction:batch', { day: formatDay(plan.dueUpTo) })}</strong>
    },
    {
      key: 'state',
      head: t('destruction:column.state'),
      width: 118,
      cell: ({ state }) => <Pill tone={STATE_TONES[state]}>{t(`domain:batchState.${state}`)}</Pill>
    },
    {
      key: 'amount',
      head: t('destruction:column.amount'),
      width: 136,
      align: 'end',
      cell: ({ toDestroy, listed }) =>
        t('destruction:amount', { left: formatCount(toDestroy), listed: formatCount(listed) })
    },
    {
      key: 'author',
      head: t('destruction:column.author'),
      width: 84,
      minor: true,
      cell: ({ authorId }) => <span title={officialName(authorId)}>{officialName(authorId)}</span>
    },
    {
      key: 'movedAt',
      head: t('destruction:column.movedAt'),
      width: 162,
      minor: true,
      cell: ({ movedAt }) => formatInstant(movedAt)
    },
    {
      key: 'todo',
      head: t('destruction:column.todo'),
      width: 104,
      cell: (batch) => {
        const todo = todoOf(batch)
        return todo && <Pill tone="info">{t(`destruction:todo.${todo}`)}</Pill>
      }
    }
  ]
}
