import { useTranslation } from 'react-i18next'
import { mayWriteOff } from '#shared/domain/destruction/copy-line.ts'
import type { OpenCopy } from '#shared/ipc/office-views.ts'
import { Button } from '../../design-system/button.tsx'
import { useElapsed } from '../../i18n/elapsed.ts'
import { formatCount, formatInstant } from '../../i18n/format.ts'
import type { Column } from '../../office/record-table.tsx'
import { useCopyName } from './use-copy-name.ts'

export function useCopyColumns(onWriteOff: (copy: OpenCopy) => void): readonly Column<OpenCopy>[] {
  const { t } = useTranslation('office')
  const copyName = useCopyName()
  const elapsed = useElapsed()
  return [
    {
      key: 'place',
      head: t('copies.column.place'),
      cell: (copy) => <strong className="record-table__name">{copyName(copy)}</strong>
    },
    {
      key: 'destroyed',
      head: t('copies.column.destroyed'),
      width: 120,
      cell: ({ destroyed }) => t('copies.cases', { n: formatCount(destroyed) })
    },
    {
      key: 'openedAt',
      head: t('copies.column.openedAt'),
      width: 260,
      cell: ({ openedAt }) => (
        <>
          {formatInstant(openedAt)} <span className="faint">{elapsed(openedAt)}</span>
        </>
      )
    },
    {
      key: 'waitsFor',
      head: t('copies.column.waitsFor'),
      minor: true,
      cell: ({ place }) => t(`copies.waitsFor.${place}`)
    },
    {
      key: 'writeOff',
      head: t('copies.column.writeOff'),
      width: 110,
      cell: (copy) =>
        mayWriteOff(copy.place) && (
          <Button
            size="small"
            kind="danger"
            aria-label={t('copies.writeOffOf', { name: copyName(copy) })}
            onClick={() => onWriteOff(copy)}
          >
            {t('copies.writeOff')}
          </Button>
        )
    }
  ]
}
