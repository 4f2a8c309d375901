import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseView } from '#shared/ipc/views.ts'
import { useOfficialName } from '../../case-display/official-name.ts'
import { Card } from '../../design-system/card.tsx'
import { FilterChip } from '../../design-system/select.tsx'
import { EmptyState } from '../../design-system/states.tsx'
import { TableHead } from '../../design-system/table.tsx'
import { formatInstant } from '../../i18n/format.ts'
import { type TimelineLine, timelineLines } from './timeline-lines.ts'
import { useTimelineWords } from './use-timeline-words.ts'

/** 이력: every change of state and every look that this PC knows of, newest first. */
export function HistoryTab({ view }: { view: CaseView }) {
  const { t } = useTranslation('case')
  const [onlyStates, setOnlyStates] = useState(false)
  const lines = timelineLines(view.timeline.filter(({ type }) => !onlyStates || type === 'state'))
  return (
    <div className="case-tab scroll">
      <Card
        title={t('history.title')}
        actions={
          <FilterChip pressed={onlyStates} onToggle={() => setOnlyStates(!onlyStates)}>
            {t('history.onlyStates')}
          </FilterChip>
        }
      >
        {lines.length === 0 ? <EmptyState icon="clock" title={t('history.empty')} /> : <HistoryTable lines={lines} />}
      </Card>
    </div>
  )
}

function HistoryTable({ lines }: { lines: readonly TimelineLine[] }) {
  const { t } = useTranslation('case')
  const { what, detail } = useTimelineWords()
  const officialName = useOfficialName()
  return (
    <table className="table history-table" aria-label={t('history.table')}>
      <TableHead
        heads={[
          { words: t('history.at'), className: 'history-table__at' },
          { words: t('history.what'), className: 'history-table__what' },
          { words: t('history.detail') },
          { words: t('history.by'), className: 'history-table__by' }
        ]}
      />
      <tbody>
        {lines.map(({ key, entry, times }) => (
          <tr key={key}>
            <td>{formatInstant(entry.at)}</td>
            <td>
              {entry.type === 'state' ? <b>{what(entry)}</b> : what(entry)}{' '}
              {times > 1 && <span className="faint">{t('history.times', { n: times })}</span>}
            </td>
            <td className="history-table__detail">{detail(entry)}</td>
            <td>{officialName(entry.by)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
