import { type ReactNode, useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { SortHeader } from '../design-system/table.tsx'
import { useKeys } from '../view-state/keymap.ts'
import '../design-system/list-pane.css'
import './record-table.css'
import type { SortOrder, SortValue } from './sort-records.ts'

export interface Column<Row> {
  readonly key: string
  readonly head: string
  readonly cell: (row: Row) => ReactNode
  /** Without it the column does not sort. */
  readonly sortBy?: (row: Row) => SortValue
  /** In pixels; the column without one takes what is left. */
  readonly width?: number
  readonly align?: 'end'
  /** Left out where there is little room: the pane beside says it too. */
  readonly minor?: boolean
}

interface RecordTableProps<Row> {
  readonly label: string
  readonly columns: readonly Column<Row>[]
  /** Sorted already. */
  readonly rows: readonly Row[]
  readonly idOf: (row: Row) => string
  readonly order?: SortOrder
  readonly onSort?: (column: string) => void
  readonly selectedId?: string | null
  readonly onSelect?: (id: string) => void
}

/** Records of the office, one a line: sorted by its heads, walked through by the arrows. */
export function RecordTable<Row>(props: RecordTableProps<Row>) {
  const { label, columns, rows, idOf, order, onSort, selectedId = null, onSelect } = props
  const wrap = useRecordKeys(props)
  return (
    <div className="table-wrap" ref={wrap} tabIndex={onSelect ? undefined : 0}>
      <table className="table record-table" aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.key} column={column} order={order} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const id = idOf(row)
            const isSelected = id === selectedId
            return (
              <tr
                key={id}
                data-record={id}
                className="table__choice record-table__row"
                {...(onSelect && {
                  'aria-selected': isSelected,
                  tabIndex: isSelected ? 0 : -1,
                  onClick: () => onSelect(id)
                })}
              >
                {columns.map((column) => (
                  <td key={column.key} className={classOf(column)}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

const classOf = <Row,>({ align, minor }: Column<Row>): string =>
  [align === 'end' && 'table__number', minor && 'record-table__minor'].filter(Boolean).join(' ')

interface HeadProps<Row> {
  column: Column<Row>
  order: SortOrder | undefined
  onSort: ((column: string) => void) | undefined
}

function Head<Row>({ column, order, onSort }: HeadProps<Row>) {
  const className = classOf(column)
  const style = column.width === undefined ? undefined : { width: column.width }
  if (!column.sortBy || !onSort) {
    return (
      <th scope="col" className={className} style={style}>
        {column.head}
      </th>
    )
  }
  const direction = order?.column === column.key ? (order.descending ? 'descending' : 'ascending') : null
  return (
    <SortHeader className={className} width={column.width} direction={direction} onSort={() => onSort(column.key)}>
      {column.head}
    </SortHeader>
  )
}

function useRecordKeys<Row>({ rows, idOf, selectedId = null, onSelect }: RecordTableProps<Row>) {
  const { t } = useTranslation('office')
  const wrap = useRef<HTMLDivElement>(null)
  const moved = useRef(false)
  const ids = rows.map(idOf)
  const goTo = (id: string | undefined): void => {
    if (id === undefined || !onSelect) return
    moved.current = true
    onSelect(id)
  }
  const step = (by: 1 | -1) => () => goTo(ids[(selectedId === null ? -1 : ids.indexOf(selectedId)) + by])
  // The focus goes along with the selection, but only where the keys moved it.
  useLayoutEffect(() => {
    if (!moved.current || selectedId === null) return
    moved.current = false
    const row = wrap.current?.querySelector<HTMLElement>(`[data-record="${CSS.escape(selectedId)}"]`)
    row?.scrollIntoView({ block: 'nearest' })
    row?.focus({ preventScroll: true })
  }, [selectedId])
  useKeys(
    'here',
    onSelect
      ? [
          { keys: 'ArrowUp', label: t('keys.move'), run: step(-1), hint: true },
          { keys: 'ArrowDown', label: t('keys.move'), run: step(1), hint: true },
          { keys: 'Home', label: t('keys.first'), run: () => goTo(ids[0]) },
          { keys: 'End', label: t('keys.last'), run: () => goTo(ids.at(-1)) }
        ]
      : []
  )
  return wrap
}
