import { useTranslation } from 'react-i18next'
import type { QuarantineEntry } from '#shared/ipc/quarantine-views.ts'
import { useActText } from '../../case-display/act-text.ts'
import { Pill } from '../../design-system/pill.tsx'
import { formatInstant } from '../../i18n/format.ts'
import type { Column } from '../../office/record-table.tsx'
import type { Marks } from './use-marks.ts'

/** When it came, what kind of act it was, by whom and from which PC, and why it was kept out. */
export function useQuarantineColumns(marks: Marks): readonly Column<QuarantineEntry>[] {
  const { t } = useTranslation('quarantine')
  const actText = useActText()
  return [
    {
      key: 'mark',
      head: t('column.mark'),
      width: 50,
      cell: ({ commandId, destroyedAt, name, receivedAt }) =>
        destroyedAt === null && (
          <input
            type="checkbox"
            className="quarantine__mark"
            checked={marks.isMarked(commandId)}
            aria-label={t('markOf', { act: actText(name), at: formatInstant(receivedAt) })}
            onChange={() => marks.toggle(commandId)}
          />
        )
    },
    {
      key: 'receivedAt',
      head: t('column.receivedAt'),
      width: 162,
      cell: ({ receivedAt }) => formatInstant(receivedAt)
    },
    { key: 'name', head: t('column.name'), cell: ({ name }) => <strong title={actText(name)}>{actText(name)}</strong> },
    { key: 'cause', head: t('column.cause'), width: 140, minor: true, cell: ({ cause }) => t(`cause.${cause}`) },
    {
      key: 'issuedBy',
      head: t('column.issuedBy'),
      width: 84,
      minor: true,
      cell: ({ issuedBy }) => <span title={issuedBy ?? undefined}>{issuedBy ?? t('unknownOfficial')}</span>
    },
    {
      key: 'device',
      head: t('column.device'),
      width: 120,
      minor: true,
      cell: ({ deviceName }) => <span title={deviceName}>{deviceName}</span>
    },
    {
      key: 'standing',
      head: t('column.standing'),
      width: 110,
      cell: ({ destroyedAt }) =>
        destroyedAt === null ? <Pill tone="warn">{t('standing.sealed')}</Pill> : <Pill>{t('standing.destroyed')}</Pill>
    }
  ]
}
