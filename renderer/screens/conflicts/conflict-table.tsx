import { useTranslation } from 'react-i18next'
import type { ConflictItem } from '#shared/ipc/conflict-views.ts'
import { useOfficialName } from '../../case-display/official-name.ts'
import { Pill } from '../../design-system/pill.tsx'
import { TableHead } from '../../design-system/table.tsx'
import { formatInstant } from '../../i18n/format.ts'
import { rowId } from './use-conflict-keys.ts'

interface ConflictTableProps {
  readonly items: readonly ConflictItem[]
  readonly selectedId: string
  readonly onSelect: (conflictId: string) => void
}

/** Every open conflict, the oldest first: which case, which field, since when, between whom. */
export function ConflictTable({ items, selectedId, onSelect }: ConflictTableProps) {
  const { t } = useTranslation('conflicts')
  return (
    <section className="card list-pane__list" aria-label={t('table')}>
      <table className="table table--lines" aria-label={t('table')}>
        <TableHead heads={[{ words: t('column.case') }, { words: t('column.field') }, { words: t('column.who') }]} />
        <tbody>
          {items.map((item) => (
            <ConflictRow
              key={item.conflictId}
              item={item}
              selected={item.conflictId === selectedId}
              onSelect={() => onSelect(item.conflictId)}
            />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function ConflictRow({ item, selected, onSelect }: { item: ConflictItem; selected: boolean; onSelect: () => void }) {
  const { t } = useTranslation(['conflicts', 'domain', 'case'])
  const officialName = useOfficialName()
  const nameOf = (by: string | null): string => (by === null ? t('conflicts:unknownBy') : officialName(by))
  return (
    <tr
      id={rowId(item.conflictId)}
      className="table__choice conflicts__row"
      aria-selected={selected}
      tabIndex={selected ? 0 : -1}
      onClick={onSelect}
      onFocus={onSelect}
    >
      <td title={item.applicantName}>
        <strong>{item.applicantName}</strong>
        <span className="faint">{item.applicationNo}</span>
      </td>
      <td>
        <span>
          {t(`domain:field.${item.field}`)} {item.waiting && <Pill tone="warn">{t('case:waiting')}</Pill>}
        </span>
        <span className="faint">{formatInstant(item.openedAt)}</span>
      </td>
      <td>
        <span>{nameOf(item.theirsBy)}</span>
        <span>{nameOf(item.mineBy)}</span>
      </td>
    </tr>
  )
}
