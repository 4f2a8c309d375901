import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { CommandName } from '#shared/commands/command.ts'
import type { OutboxItem } from '#shared/ipc/views.ts'
import { useFailureText } from '../../case-display/failure-text.ts'
import { Button } from '../../design-system/button.tsx'
import { Pill } from '../../design-system/pill.tsx'
import { formatCount, formatInstant } from '../../i18n/format.ts'
import { goTo } from '../../view-state/navigation.ts'

const COMMAND_KEYS = {
  'case.register': 'command.case.register',
  'case.correct': 'command.case.correct',
  'case.move': 'command.case.move'
} as const satisfies Record<CommandName, string>

interface OutboxTableProps {
  status: OutboxItem['status']
  items: readonly OutboxItem[]
  onDiscard: (item: OutboxItem) => void
}

/** What waits, or what was refused and why, in the order in which it was done. */
export function OutboxTable({ status, items, onDiscard }: OutboxTableProps) {
  const { t } = useTranslation('outbox')
  const titleId = useId()
  return (
    <section className="card" aria-labelledby={titleId} data-status={status}>
      <header className="card__head">
        <h2 id={titleId}>{t(`status.${status}.title`)}</h2>
        <Pill tone={status === 'refused' ? 'bad' : 'plain'}>{formatCount(items.length)}</Pill>
        <span className="faint">{t(`status.${status}.text`)}</span>
      </header>
      <table className="table outbox__table" aria-labelledby={titleId}>
        <thead>
          <tr>
            <th scope="col" className="outbox__at">
              {t('column.at')}
            </th>
            <th scope="col" className="outbox__what">
              {t('column.what')}
            </th>
            <th scope="col" className="outbox__case">
              {t('column.case')}
            </th>
            <th scope="col">{t('column.cause')}</th>
            <th scope="col" className="outbox__ways">
              <span className="visually-hidden">{t('column.ways')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <OutboxRow key={item.commandId} item={item} onDiscard={() => onDiscard(item)} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function OutboxRow({ item, onDiscard }: { item: OutboxItem; onDiscard: () => void }) {
  const { t } = useTranslation(['outbox', 'domain'])
  const { refusalText } = useFailureText()
  const of = { name: item.applicantName }
  return (
    <tr data-command-id={item.commandId}>
      <td>{formatInstant(item.issuedAt)}</td>
      <td>{t(`domain:${COMMAND_KEYS[item.name]}`)}</td>
      <td className="outbox__case" title={item.applicantName}>
        <strong>{item.applicantName}</strong> <span className="faint">{item.applicationNo}</span>
      </td>
      <td className="outbox__cause">{item.refusal ? refusalText(item.refusal) : t('outbox:waitingCause')}</td>
      <td>
        <span className="bar outbox__buttons">
          {item.status === 'refused' && (
            <Button size="small" kind="danger" onClick={onDiscard} aria-label={t('outbox:discardOf', of)}>
              {t('outbox:discard')}
            </Button>
          )}
          <Button
            size="small"
            onClick={() => goTo({ screen: 'case', caseId: item.caseId })}
            aria-label={t('outbox:openOf', of)}
          >
            {t('outbox:open')}
          </Button>
        </span>
      </td>
    </tr>
  )
}
