import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutboxItem } from '#shared/ipc/outbox-views.ts'
import { COMMAND_KEYS } from '../../case-display/command-words.ts'
import { Pill, type Tone } from '../../design-system/pill.tsx'
import { TableHead } from '../../design-system/table.tsx'
import { formatCount, formatDay, formatInstant } from '../../i18n/format.ts'
import { useAccount, useDesk } from '../../view-state/desk.ts'
import { isSendingHalted, useCauseText } from './cause-text.ts'

interface OutboxTableProps {
  status: OutboxItem['status']
  items: readonly OutboxItem[]
  selectedId: string | null
  /** The row that Tab leads to. */
  reachedId: string | null
  onSelect: (commandId: string) => void
}

const TONES: Readonly<Record<OutboxItem['status'], Tone>> = { refused: 'bad', parked: 'warn', waiting: 'plain' }

/** What waits, was refused or was set aside, and why, in the order in which it was done. */
export function OutboxTable({ status, items, selectedId, reachedId, onSelect }: OutboxTableProps) {
  const { t } = useTranslation('outbox')
  const titleId = useId()
  const note = useStatusNote(status)
  return (
    <section className="card" aria-labelledby={titleId} data-status={status}>
      <header className="card__head">
        <h2 id={titleId}>{t(`status.${status}.title`)}</h2>
        <Pill tone={TONES[status]}>{formatCount(items.length)}</Pill>
        <span className="faint">{note}</span>
      </header>
      <table className="table table--lines outbox__table" aria-labelledby={titleId}>
        <TableHead
          heads={[
            { words: t('column.what'), className: 'outbox__at' },
            { words: t('column.case'), className: 'outbox__case' },
            { words: t('column.cause') }
          ]}
        />
        <tbody>
          {items.map((item) => (
            <OutboxRow
              key={item.commandId}
              item={item}
              selected={item.commandId === selectedId}
              isReached={item.commandId === reachedId}
              onSelect={() => onSelect(item.commandId)}
            />
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** What becomes of these items, or who has to do what. */
function useStatusNote(status: OutboxItem['status']): string {
  const { t } = useTranslation('outbox')
  const isHalted = useDesk(({ sync }) => isSendingHalted(sync))
  const isCaseworker = useAccount()?.role === 'caseworker'
  if (status === 'waiting' && isHalted) return t('status.waiting.halted')
  if (status === 'refused' && !isCaseworker) return t('status.refused.textToOthers')
  return t(`status.${status}.text`)
}

/** Who or what it is about. */
export function ItemSubject({ item: { batch, applicantName, applicationNo } }: { item: OutboxItem }) {
  const { t } = useTranslation('outbox')
  const faint = batch?.dueUpTo ? t('batchDueUpTo', { day: formatDay(batch.dueUpTo) }) : applicationNo
  return (
    <>
      <strong>{batch === null ? applicantName : t('batch')}</strong>{' '}
      <span className="faint">{faint || (applicantName || batch ? '' : '—')}</span>
    </>
  )
}

interface OutboxRowProps {
  item: OutboxItem
  selected: boolean
  isReached: boolean
  onSelect: () => void
}

function OutboxRow({ item, selected, isReached, onSelect }: OutboxRowProps) {
  const { t } = useTranslation(['outbox', 'domain'])
  const causeText = useCauseText()
  return (
    <tr
      id={`item-${item.commandId}`}
      data-command-id={item.commandId}
      className="table__choice"
      aria-selected={selected}
      tabIndex={isReached ? 0 : -1}
      onClick={onSelect}
      onFocus={onSelect}
    >
      <td>
        <span className="outbox__what">{item.name === null ? '—' : t(COMMAND_KEYS[item.name])}</span>
        <span className="faint">{formatInstant(item.issuedAt)}</span>
      </td>
      <td className="outbox__case" title={item.applicantName}>
        <ItemSubject item={item} />
      </td>
      <td className="outbox__cause">{causeText(item)}</td>
    </tr>
  )
}
