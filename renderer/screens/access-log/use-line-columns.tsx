import { useTranslation } from 'react-i18next'
import type { LogLine, LogStand } from '#shared/ipc/access-log-views.ts'
import { Pill } from '../../design-system/pill.tsx'
import { formatCount, formatInstant } from '../../i18n/format.ts'
import type { Column } from '../../office/record-table.tsx'
import { useLineWords } from './use-line-words.ts'

/** When, who, what, whose data, why, from which PC, and what is wrong with the line. */
export function useLineColumns(pcs: readonly LogStand[]): readonly Column<LogLine>[] {
  const { t } = useTranslation('accessLog')
  const { actText, whoText, pcText } = useLineWords(pcs)
  return [
    { key: 'at', head: t('column.at'), width: 166, cell: ({ at }) => formatInstant(at) },
    {
      key: 'who',
      head: t('column.who'),
      width: 84,
      cell: (line) => <strong title={whoText(line)}>{whoText(line)}</strong>
    },
    { key: 'act', head: t('column.act'), width: 132, cell: (line) => actText(line) },
    { key: 'subject', head: t('column.subject'), width: 122, cell: (line) => <Subject line={line} /> },
    {
      key: 'reason',
      head: t('column.reason'),
      cell: ({ reason }) => (reason === null ? <span className="faint">—</span> : <span title={reason}>{reason}</span>)
    },
    {
      key: 'pc',
      head: t('column.pc'),
      width: 150,
      minor: true,
      cell: (line) => <span title={`${pcText(line.deviceId)} · ${line.address}`}>{pcText(line.deviceId)}</span>
    },
    {
      key: 'marks',
      head: t('column.marks'),
      width: 104,
      cell: ({ marks: [first, ...more] }) =>
        first !== undefined && (
          <Pill tone="bad">
            {t(`mark.${first}`)}
            {more.length > 0 && ` +${more.length}`}
          </Pill>
        )
    }
  ]
}

function Subject({ line: { caseIds, cases } }: { line: LogLine }) {
  const { t } = useTranslation('accessLog')
  if (caseIds.length === 0) return <span className="faint">—</span>
  if (caseIds.length > 1) return t('cases', { n: formatCount(caseIds.length) })
  return cases[0]?.applicationNo ?? <span className="faint">{t('caseNotHere')}</span>
}
