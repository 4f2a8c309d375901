import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutboxItem } from '#shared/ipc/outbox-views.ts'
import { COMMAND_KEYS } from '../../case-display/command-words.ts'
import { Pill, type Tone } from '../../design-system/pill.tsx'
import '../../design-system/table.css'
import { formatCount, formatInstant } from '../../i18n/format.ts'
import { useCauseText } from './cause-text.ts'

interface OutboxTableProps {
  status: OutboxItem['status']
  items: readonly OutboxItem[]
  selectedId: string | null
  onSelect: (commandId: string) => void
}

const TONES: Readonly<Record<OutboxItem['status'], Tone>> = { refused: 'bad', parked: 'warn', waiting: 'plain' }

/** What waits, was refused or was set aside, and why, in the order in which it was done. */
export function OutboxTable({ status, items, selectedId, onSelect }: OutboxTableProps) {
  const { t } = useTranslation('outbox')
  const titleId = useId()
  return (
    <section className="card" aria-labelledby={titleId} data-status={status}>
      <header className="card__head">
        <h2 id={titleId}>{t(`status.${status}.title`)}</h2>
        <Pill tone={TONES[status]}>{formatCount(items.length)}</Pill>
        <span className="faint">{t(`status.${status}.text`)}</span>
      </header>
      <table className="table outbox__table" aria-labelledby={titleId}>
        <thead>
          <tr>
            <th scope="col" className="outbox__at">
              {t('column.at')}
            </th>
            <th scope="col" className="outbox__case">
              {t('column.case')}
            </th>
            <th scope="col">{t('column.cause')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <OutboxRow
              key={item.commandId}
              item={item}
              selected={item.commandId === selectedId}
              onSelect={() => onSelect(item.commandId)}
            />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function OutboxRow({ item, selected, onSelect }: { item: OutboxItem; selected: boolean; onSelect: () => void }) {
  const { t } = useTranslation(['outbox', 'domain'])
  const causeText = useCauseText()
  return (
    <tr
      id={`item-${item.commandId}`}
      data-command-id={item.commandId}
      className={selected ? 'outbox__row outbox__row--selected' : 'outbox__row'}
      aria-selected={selected}
      tabIndex={selected ? 0 : -1}
      onClick={onSelect}
      onFocus={onSelect}
    >
      <td>
        <span className="outbox__what">{item.name === null ? '—' : t(COMMAND_KEYS[item.name])}</span>
        <span className="faint">{formatInstant(item.issuedAt)}</span>
      </td>
      <td className="outbox__case" title={item.applicantName}>
        <strong>{item.applicantName}</strong>
        <span className="faint">{item.applicationNo}</span>
      </td>
      <td className="outbox__cause">{causeText(item)}</td>
    </tr>
  )
}
