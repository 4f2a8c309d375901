import { useTranslation } from 'react-i18next'
import type { HeldPartView, RetentionView } from '#shared/ipc/retention-views.ts'
import { Card } from '../../../design-system/card.tsx'
import { Pill } from '../../../design-system/pill.tsx'
import { TableHead } from '../../../design-system/table.tsx'
import { formatDay } from '../../../i18n/format.ts'
import { lawTexts } from './law-texts.ts'
import { PART_TONES } from './part-tone.ts'

/** Each part with both clocks: the policy's term and the record term. */
export function PartsCard({ retention }: { retention: RetentionView }) {
  const { t } = useTranslation('case')
  const { parts, completedOn, recordYears } = retention
  const note =
    completedOn === null
      ? t('retention.open', { years: recordYears })
      : t('retention.completed', { day: formatDay(completedOn), years: recordYears })
  return (
    <Card title={t('holdings.title')} note={note}>
      <table className="table retention-table" aria-label={t('holdings.title')}>
        <TableHead
          heads={[
            { words: t('retention.column.part'), className: 'retention-table__part' },
            { words: t('retention.column.basis') },
            { words: t('retention.column.since'), className: 'retention-table__day' },
            { words: t('retention.column.until'), className: 'retention-table__end' },
            { words: t('retention.column.records'), className: 'retention-table__day' },
            { words: t('retention.column.goes'), className: 'retention-table__goes' },
            { words: t('retention.column.state'), className: 'retention-table__state' }
          ]}
        />
        <tbody>
          {parts.map((part) => (
            <PartRow key={keyOf(part)} part={part} />
          ))}
        </tbody>
      </table>
    </Card>
  )
}

const keyOf = ({ recipient, group, since, cause, until, bases }: HeldPartView): string =>
  [recipient, group, since, cause, until, ...bases].join('\n')

function PartRow({ part }: { part: HeldPartView }) {
  const { t } = useTranslation('case')
  const { recipient, group, items, bases, since, until, cause, recordsUntil, deadline, state } = part
  return (
    <tr>
      <td>
        <b>{group}</b>
        {recipient !== null && <div className="faint">{t('retention.given', { name: recipient })}</div>}
        <div className="faint retention-table__items">{items.join(', ')}</div>
      </td>
      <td className="retention-table__bases">
        <Grounds laws={lawTexts(bases)} />
      </td>
      <td className="retention-table__when" data-head={t('retention.column.since')}>
        {formatDay(since)}
      </td>
      <td data-head={t('retention.column.until')}>
        {until === null ? t('retention.noEnd') : formatDay(until)}
        <div className="faint">{t(`retention.cause.${cause}`)}</div>
      </td>
      <td data-head={t('retention.column.records')}>
        {recordsUntil === null && <span className="faint">{t('retention.noRecord')}</span>}
        {recordsUntil === 'open' && <span className="faint">{t('retention.notCompleted')}</span>}
        {recordsUntil !== null && recordsUntil !== 'open' && formatDay(recordsUntil)}
      </td>
      <td data-head={t('retention.column.goes')}>
        {deadline === null ? (
          <span className="faint">{t('retention.blocked')}</span>
        ) : (
          <>
            {t('retention.after', { day: formatDay(deadline.keptUntil) })}
            <div className="faint">{t('retention.by', { day: formatDay(deadline.destroyBy) })}</div>
          </>
        )}
      </td>
      <td>
        <Pill tone={PART_TONES[state]}>{t(`retention.state.${state}`)}</Pill>
      </td>
    </tr>
  )
}

/** Most parts rest on many laws: the first is in sight, the others on demand. */
function Grounds({ laws }: { laws: readonly string[] }) {
  const { t } = useTranslation('case')
  const [first, ...others] = laws
  return (
    <>
      {first}
      {others.length > 0 && (
        <details>
          <summary>{t('retention.moreGrounds', { n: others.length })}</summary>
          {others.map((law) => (
            <div key={law}>{law}</div>
          ))}
        </details>
      )}
    </>
  )
}
