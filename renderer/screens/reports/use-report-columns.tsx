import { useTranslation } from 'react-i18next'
import type { ReportEntry } from '#shared/ipc/report-views.ts'
import { Pill } from '../../design-system/pill.tsx'
import { formatCount, formatDay, formatInstant } from '../../i18n/format.ts'
import type { Column } from '../../office/record-table.tsx'
import { useToday } from '../../view-state/clock.ts'
import { useDesk } from '../../view-state/desk.ts'
import { STATE_TONES, stateOf } from './report-state.ts'

export function useReportColumns(): readonly Column<ReportEntry>[] {
  const { t } = useTranslation('reports')
  const today = useToday()
  const staff = useDesk((desk) => desk.staff)
  return [
    {
      key: 'no',
      head: t('column.no'),
      width: 64,
      cell: ({ no }) => <strong>{t('no', { no: formatCount(no) })}</strong>
    },
    { key: 'kind', head: t('column.kind'), width: 136, cell: ({ kind }) => t(`kind.${kind}`) },
    {
      key: 'state',
      head: t('column.state'),
      width: 100,
      cell: (report) => <Pill tone={STATE_TONES[stateOf(report, today)]}>{t(`state.${stateOf(report, today)}`)}</Pill>
    },
    { key: 'deleteBy', head: t('column.deleteBy'), width: 120, cell: ({ deleteBy }) => formatDay(deleteBy) },
    { key: 'purpose', head: t('column.purpose'), cell: ({ purpose }) => <span title={purpose}>{purpose}</span> },
    { key: 'author', head: t('column.author'), width: 92, cell: ({ authorId }) => staff[authorId] ?? '—' },
    {
      key: 'orderedAt',
      head: t('column.orderedAt'),
      width: 166,
      minor: true,
      cell: ({ orderedAt }) => formatInstant(orderedAt)
    }
  ]
}
