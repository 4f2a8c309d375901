import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseListRequest, SortColumn } from '#shared/ipc/contract.ts'
import type { SearchHit } from '#shared/ipc/views.ts'
import { DueLeft } from '../../case-display/due-left.tsx'
import { usePlaceNames } from '../../case-display/place-names.ts'
import { StatePill } from '../../case-display/state-pill.tsx'
import { Icon } from '../../design-system/icons.tsx'
import { SortHeader } from '../../design-system/table.tsx'
import { formatCount, formatDay } from '../../i18n/format.ts'
import type { ShownRow } from './list-content.ts'
import { Marked } from './marked.tsx'

interface CaseTableProps {
  readonly rows: readonly ShownRow[]
  /** null: in the order of the search, which cannot be changed. */
  readonly sort: CaseListRequest['sort'] | null
  readonly onSort: (column: SortColumn) => void
  readonly selectedId: string | null
  readonly onSelect: (caseId: string) => void
  readonly onOpen: (caseId: string) => void
  readonly today: string
}

const COLUMNS: readonly SortColumn[] = ['applicationNo', 'applicantName', 'service', 'dongCode', 'state', 'dueOn']

export function CaseTable({ rows, sort, onSort, selectedId, onSelect, onOpen, today }: CaseTableProps) {
  const { t } = useTranslation('caseList')
  const direction = (column: SortColumn) =>
    sort?.column === column ? (sort.descending ? 'descending' : 'ascending') : null
  return (
    <div className="table-wrap">
      <table className="table case-table" aria-label={t('table')}>
        <thead>
          <tr>
            <th scope="col" className="table__number case-table__rank">
              <span aria-hidden="true">#</span>
              <span className="visually-hidden">{t('column.rank')}</span>
            </th>
            {COLUMNS.map((column) => (
              <SortHeader
                key={column}
                className={`case-table__${column}`}
                direction={direction(column)}
                onSort={() => onSort(column)}
                disabled={sort === null}
              >
                {t(`column.${column}`)}
              </SortHeader>
            ))}
            <th scope="col" className="case-table__left">
              {t('column.left')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((shown) => (
            <CaseTableRow
              key={shown.row.id}
              shown={shown}
              selected={shown.row.id === selectedId}
              {...{ onSelect, onOpen, today }}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface RowProps extends Pick<CaseTableProps, 'onSelect' | 'onOpen' | 'today'> {
  readonly shown: ShownRow
  readonly selected: boolean
}

const CaseTableRow = memo(function CaseTableRow({ shown, selected, onSelect, onOpen, today }: RowProps) {
  const { t } = useTranslation('domain')
  const { dongName } = usePlaceNames()
  const { row, rank, hit } = shown
  return (
    <tr
      id={`row-${row.id}`}
      className={selected ? 'case-table__row case-table__row--selected' : 'case-table__row'}
      aria-selected={selected}
      tabIndex={selected ? 0 : -1}
      onClick={() => onSelect(row.id)}
      onDoubleClick={() => onOpen(row.id)}
    >
      <td className="table__number case-table__rank">{formatCount(rank)}</td>
      <td className="case-table__applicationNo">
        <Marked text={row.applicationNo} marks={marksIn(hit, 'applicationNo')} />
        {row.waiting && <WaitingSign />}
      </td>
      <td className="case-table__applicantName" title={row.applicantName}>
        <Marked text={row.applicantName} marks={marksIn(hit, 'applicantName')} />
      </td>
      <td className="case-table__service" title={t(`service.${row.service}`)}>
        {t(`service.${row.service}`)}
        <FoundElsewhere hit={hit} />
      </td>
      <td className="case-table__dongCode">{dongName(row.dongCode)}</td>
      <td className="case-table__state">
        <StatePill state={row.state} />
      </td>
      <td className="case-table__dueOn">{row.dueOn ? formatDay(row.dueOn) : '—'}</td>
      <td className="case-table__left">{row.dueOn && <DueLeft dueOn={row.dueOn} today={today} />}</td>
    </tr>
  )
})

const NO_MARKS: SearchHit['marks'] = []

const marksIn = (hit: SearchHit | null, column: SearchHit['matched']): SearchHit['marks'] =>
  hit?.matched === column ? hit.marks : NO_MARKS

/** What the search found that is in no column: a child's name, the masked phone, the address. */
function FoundElsewhere({ hit }: { hit: SearchHit | null }) {
  const { t } = useTranslation('caseList')
  if (!hit || hit.matched === 'applicantName' || hit.matched === 'applicationNo') return null
  return (
    <span className="case-table__found">
      {t(`found.${hit.matched}`)} <Marked text={hit.shown} marks={hit.marks} />
    </span>
  )
}

function WaitingSign() {
  const { t } = useTranslation('caseList')
  return (
    <span className="case-table__waiting" title={t('waiting')}>
      <Icon name="outbox" size={14} />
      <span className="visually-hidden">{t('waiting')}</span>
    </span>
  )
}
