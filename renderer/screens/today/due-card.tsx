import { useTranslation } from 'react-i18next'
import type { CaseRow } from '#shared/ipc/views.ts'
import { DueLeft } from '../../case-display/due-left.tsx'
import { usePlaceNames } from '../../case-display/place-names.ts'
import { StatePill } from '../../case-display/state-pill.tsx'
import { TextButton } from '../../design-system/button.tsx'
import { Card } from '../../design-system/card.tsx'
import { EmptyState } from '../../design-system/states.tsx'
import '../../design-system/table.css'
import { formatDay } from '../../i18n/format.ts'
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
      {rows.length === 0 ? <EmptyState icon="check" title={t('due.empty')} /> : <DueTable rows={rows} today={today} />}
    </Card>
  )
}

function DueTable({ rows, today }: { rows: readonly CaseRow[]; today: string }) {
  const { t } = useTranslation(['caseList', 'domain', 'today'])
  const { dongName } = usePlaceNames()
  return (
    <table className="table due-table" aria-label={t('today:due.table')}>
      <thead>
        <tr>
          <th scope="col" className="due-table__left">
            {t('caseList:column.left')}
          </th>
          <th scope="col" className="due-table__name">
            {t('caseList:column.applicantName')}
          </th>
          <th scope="col">{t('caseList:column.service')}</th>
          <th scope="col" className="due-table__dong">
            {t('caseList:column.dongCode')}
          </th>
          <th scope="col" className="due-table__state">
            {t('caseList:column.state')}
          </th>
          <th scope="col" className="due-table__due">
            {t('caseList:column.dueOn')}
          </th>
        </tr>
      </thead>
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
