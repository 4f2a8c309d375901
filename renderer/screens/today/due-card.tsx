import { useTranslation } from 'react-i18next'
import type { CaseRow } from '#shared/ipc/views.ts'
import { DueLeft } from '../../case-display/due-left.tsx'
import { usePlaceNames } from '../../case-display/place-names.ts'
import { StatePill } from '../../case-display/state-pill.tsx'
import { TextButton } from '../../design-system/button.tsx'
import { Card } from '../../design-system/card.tsx'
import { EmptyState } from '../../design-system/states.tsx'
import { TableHead } from '../../design-system/table.tsx'
import { formatDay } from '../../i18n/format.ts'
import { useDesk } from '../../view-state/desk.ts'
import { goTo } from '../../view-state/navigation.ts'
import { showDueSoon } from './show-in-list.ts'

/** What falls due first. */
export function DueCard({ rows, today }: { rows: readonly CaseRow[]; today: string }) {
  const { t } = useTranslation('today')
  return (
    <Card
      title={t('due.title')}
      note={t('due.note')}
      actions={<TextButton onClick={() => showDueSoon(today)}>{t('due.all')}</TextButton>}
    >
      {rows.length === 0 ? <NothingDue /> : <DueTable rows={rows} today={today} />}
    </Card>
  )
}

/** While the first download goes on, what is not here yet may well be due. */
function NothingDue() {
  const { t } = useTranslation('today')
  const isComing = useDesk(({ sync }) => sync?.state === 'receiving' && sync.firstDownload !== undefined)
  if (isComing) return <EmptyState icon="info" title={t('due.emptySoFar')} />
  return <EmptyState icon="check" title={t('due.empty')} />
}

function DueTable({ rows, today }: { rows: readonly CaseRow[]; today: string }) {
  const { t } = useTranslation(['caseList', 'domain', 'today'])
  const { dongName } = usePlaceNames()
  return (
    <table className="table due-table" aria-label={t('today:due.table')}>
      <TableHead
        heads={[
          { words: t('caseList:column.left'), className: 'due-table__left' },
          { words: t('caseList:column.applicantName'), className: 'due-table__name' },
          { words: t('caseList:column.service') },
          { words: t('caseList:column.dongCode'), className: 'due-table__dong' },
          { words: t('caseList:column.state'), className: 'due-table__state' },
          { words: t('caseList:column.dueOn'), className: 'due-table__due' }
        ]}
      />
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>{row.dueOn && <DueLeft dueOn={row.dueOn} today={today} />}</td>
            <td>
              <button
                type="button"
                className="due-table__open"
                aria-label={`${row.applicantName} ${t('today:due.open', { number: row.applicationNo })}`}
                onClick={() => goTo({ screen: 'case', caseId: row.id })}
              >
                {row.applicantName}
              </button>
            </td>
            <td title={t(`domain:service.${row.service}`)}>{t(`domain:service.${row.service}`)}</td>
            <td>{dongName(row.dongCode)}</td>
            <td>
              <StatePill state={row.state} />
            </td>
            <td>{row.dueOn && formatDay(row.dueOn)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
