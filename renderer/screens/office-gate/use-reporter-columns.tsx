import { useTranslation } from 'react-i18next'
import type { RestoreGate } from '#shared/ipc/office-views.ts'
import { Pill } from '../../design-system/pill.tsx'
import { useElapsed } from '../../i18n/elapsed.ts'
import { formatInstant } from '../../i18n/format.ts'
import type { Column } from '../../office/record-table.tsx'

type Reporter = RestoreGate['devices'][number]

/** Which PCs have given back what the centre lost, and which are still missing. */
export function useReporterColumns(): readonly Column<Reporter>[] {
  const { t } = useTranslation('office')
  const elapsed = useElapsed()
  return [
    { key: 'name', head: t('gate.column.name'), cell: ({ name }) => <strong title={name}>{name}</strong> },
    {
      key: 'state',
      head: t('gate.column.state'),
      width: 150,
      cell: ({ reportedAt }) => (
        <Pill tone={reportedAt === null ? 'warn' : 'ok'}>
          {t(reportedAt === null ? 'gate.missing' : 'gate.reported')}
        </Pill>
      )
    },
    {
      key: 'reportedAt',
      head: t('gate.column.reportedAt'),
      width: 180,
      cell: ({ reportedAt }) => (reportedAt === null ? '—' : formatInstant(reportedAt))
    },
    {
      key: 'lastContactAt',
      head: t('gate.column.lastContact'),
      width: 150,
      minor: true,
      cell: ({ lastContactAt }) => <span title={formatInstant(lastContactAt)}>{elapsed(lastContactAt)}</span>
    }
  ]
}
