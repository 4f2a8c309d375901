import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseListRequest, SortColumn } from '#shared/ipc/contract.ts'
import type { SearchHit } from '#shared/ipc/views.ts'
import { DueText, dueUrgency } from '../../case-display/due-left.tsx'
import { STATE_TONES } from '../../case-display/state-tone.ts'
import { Icon } from '../../design-system/icons.tsx'
import { Pill } from '../../design-system/pill.tsx'
import { SortHeader } from '../../design-system/table.tsx'
import { formatCount, formatDay } from '../../i18n/format.ts'
import type { ShownRow } from './list-content.ts'
import { Marked } from './marked.tsx'
import { useDrawnRows } from './use-drawn-rows.ts'
import { type RowWords, useRowWords } from './use-row-words.ts'
import { useScrollToSelected } from './use-scroll-to-selected.ts'

interface CaseTableProps {
  readonly rows: readonly ShownRow[]
  /** Tells one page, order or search from another. */
  readonly viewKey: string
  /** null: in the order of the search, which cannot be changed. */
  readonly sort: CaseListRequest['sort'] | null
  readonly onSort: (column: SortColumn) => void
  readonly selectedId: string | null
  readonly onSelect: (caseId: string) => void
  readonly onOpen: (caseId: string) => void
  readonly today: string
}

/** `--row` of the design system, in pixels. */
const ROW_HEIGHT = 40

const COLUMNS: readonly SortColumn[] = ['applicationNo', 'applicantName', 'service', 'dongCode', 'state', 'dueOn']

export const CaseTable = memo(function CaseTable({
  rows,
  viewKey,
  sort,
  onSort,
  selectedId,
  onSelect,
  onOpen,
  today
}: CaseTableProps) {
  const { t } = useTranslation('caseList')
  const words = useRowWords(today)
  const drawn = useDrawnRows(rows)
  const wrap = useScrollToSelected(viewKey, selectedId)
  const direction = (column: SortColumn) =>
    sort?.column === column ? (sort.descending ? 'descending' : 'ascending') : null
  return (
    <div className="table-wrap" ref={wrap}>
      <table
        className="table case-table"
        aria-label={t('table')}
        style={{ marginBottom: (rows.length - drawn) * ROW_HEIGHT }}
      >
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
          {rows.slice(0, drawn).map((shown) => (
            // A search draws anew into the rows that are there; in the list a row keeps its place and its focus.
            <CaseTableRow
              key={shown.hit ? shown.rank : shown.row.id}
              shown={shown}
              selected={shown.row.id === selectedId}
              {...{ onSelect, onOpen, words, today }}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
})

interface RowProps extends Pick<CaseTableProps, 'onSelect' | 'onOpen' | 'today'> {
  readonly shown: ShownRow
  readonly selected: boolean
  readonly words: RowWords
}

const CaseTableRow = memo(function CaseTableRow({ shown, selected, onSelect, onOpen, words, today }: RowProps) {
  const { row, rank, hit } = shown
  const service = words.service(row.service)
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
        {row.waiting && <WaitingSign text={words.waiting} />}
      </td>
      <td className="case-table__applicantName" title={row.applicantName}>
        <Marked text={row.applicantName} marks={marksIn(hit, 'applicantName')} />
      </td>
      <td className="case-table__service" title={service}>
        {service}
        <FoundElsewhere hit={hit} words={words} />
      </td>
      <td className="case-table__dongCode">{words.dong(row.dongCode)}</td>
      <td className="case-table__state">
        <Pill tone={STATE_TONES[row.state]}>{words.state(row.state)}</Pill>
      </td>
      <td className="case-table__dueOn">{row.dueOn ? formatDay(row.dueOn) : '—'}</td>
      <td className="case-table__left">
        {row.dueOn && <DueText words={words.due(row.dueOn)} urgency={dueUrgency(row.dueOn, today)} />}
      </td>
    </tr>
  )
})

const NO_MARKS: SearchHit['marks'] = []

const marksIn = (hit: SearchHit | null, column: SearchHit['matched']): SearchHit['marks'] =>
  hit?.matched === column ? hit.marks : NO_MARKS

/** What the search found that is in no column: a child's name, the masked phone, the address. */
function FoundElsewhere({ hit, words }: { hit: SearchHit | null; words: RowWords }) {
  if (!hit || hit.matched === 'applicantName' || hit.matched === 'applicationNo') return null
  return (
    <span className="case-table__found">
      {words.found(hit.matched)} <Marked text={hit.shown} marks={hit.marks} />
    </span>
  )
}

function WaitingSign({ text }: { text: string }) {
  return (
    <span className="case-table__waiting" title={text}>
      <Icon name="outbox" size={14} />
      <span className="visually-hidden">{text}</span>
    </span>
  )
}
