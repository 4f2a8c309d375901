import { useTranslation } from 'react-i18next'
import type { OutboxChange, OutboxDetails, OutboxItem } from '#shared/ipc/outbox-views.ts'
import { useAsked } from '../../api/use-asked.ts'
import { COMMAND_KEYS } from '../../case-display/command-words.ts'
import { useFailureText } from '../../case-display/failure-text.ts'
import { useFieldText } from '../../case-display/field-text.ts'
import { FILE_KINDS } from '../../case-display/file-kinds.ts'
import { useOfficialName } from '../../case-display/official-name.ts'
import { Button } from '../../design-system/button.tsx'
import { Fact, Facts } from '../../design-system/card.tsx'
import { Banner, EmptyState, Skeleton } from '../../design-system/states.tsx'
import { formatBytes, formatCount, formatInstant } from '../../i18n/format.ts'
import { useCauseText } from './cause-text.ts'
import { ItemSubject } from './outbox-table.tsx'
import type { OutboxWays } from './outbox-ways.ts'

/** One item whole: why it is here, what can be done with it, what it says. */
export function OutboxDetailsPane({ item, ways }: { item: OutboxItem | null; ways: OutboxWays }) {
  const { t } = useTranslation('outbox')
  return (
    <aside className="card list-pane__pane outbox-details" aria-label={t('details.label')}>
      {item === null ? (
        <EmptyState icon="info" title={t('details.hint')} />
      ) : (
        <ItemDetails key={item.commandId} item={item} ways={ways} />
      )}
    </aside>
  )
}

function ItemDetails({ item, ways }: { item: OutboxItem; ways: OutboxWays }) {
  const { t } = useTranslation(['outbox', 'domain'])
  const { failureText } = useFailureText()
  const causeText = useCauseText()
  const hasContent = item.status !== 'parked'
  const details = useAsked('outbox.details', hasContent ? { commandId: item.commandId } : null)
  const tone = item.status === 'refused' ? 'bad' : item.status === 'parked' ? 'warn' : 'info'
  return (
    <>
      <header className="card__head">
        <h2>{item.name === null ? t(`outbox:status.${item.status}.title`) : t(COMMAND_KEYS[item.name])}</h2>
        <span className="list-pane__whose" title={item.applicantName}>
          <ItemSubject item={item} />
        </span>
      </header>
      <div className="list-pane__body">
        <Banner tone={tone === 'bad' ? 'warn' : tone} icon={tone === 'info' ? 'clock' : 'warning'}>
          {causeText(item)}
        </Banner>
        <ItemWays item={item} ways={ways} />
        <ItemFacts item={item} details={details.value ?? null} />
        {details.value && <Content details={details.value} />}
        {hasContent && !details.value && !details.failure && <Skeleton lines={3} label={t('outbox:details.changes')} />}
        {details.failure && details.failure.type !== 'Locked' && (
          <p className="faint">{failureText(details.failure)}</p>
        )}
      </div>
    </>
  )
}

function ItemWays({ item, ways }: { item: OutboxItem; ways: OutboxWays }) {
  const { t } = useTranslation('outbox')
  const why = ways.whyNotCorrect && <p>{ways.whyNotCorrect}</p>
  if (ways.open === null && ways.correct === null && ways.discard === null) return why
  return (
    <>
      {why}
      <div className="bar">
        {ways.correct && (
          <Button kind="primary" size="small" kbd="E" onClick={ways.correct}>
            {t('correct')}
          </Button>
        )}
        {ways.open && (
          <Button size="small" kbd="Enter" onClick={ways.open}>
            {t(item.batch === null ? 'open' : 'openBatch')}
          </Button>
        )}
        {ways.discard && (
          <Button
            size="small"
            kind={item.status === 'refused' ? 'danger' : 'outlined'}
            kbd="Delete"
            onClick={ways.discard}
          >
            {t(ways.discardWords)}
          </Button>
        )}
      </div>
    </>
  )
}

function ItemFacts({ item, details }: { item: OutboxItem; details: OutboxDetails | null }) {
  const { t } = useTranslation('outbox')
  const officialName = useOfficialName()
  return (
    <Facts>
      <Fact name={t('details.at')}>{formatInstant(item.issuedAt)}</Fact>
      {item.issuedBy && <Fact name={t('details.by')}>{officialName(item.issuedBy)}</Fact>}
      {item.deviceSeq !== null && (
        <Fact name={t('details.number')}>{t('details.numberValue', { n: formatCount(item.deviceSeq) })}</Fact>
      )}
      {details && <Fact name={t('details.size')}>{formatBytes(details.bytes)}</Fact>}
      {details?.reason && <Fact name={t('details.reason')}>{details.reason}</Fact>}
    </Facts>
  )
}

/** What an item changes, and the papers that go with it. */
export function Content({ details: { changes, documents } }: { details: OutboxDetails }) {
  const { t } = useTranslation(['domain', 'case'])
  return (
    <>
      {changes.length > 0 && <ChangesTable changes={changes} />}
      {documents.map(({ title, mediaType, bytes }) => (
        <p key={`${title} ${bytes}`}>
          <strong>{t(`domain:documentTitle.${title}`)}</strong>{' '}
          <span className="faint">
            {FILE_KINDS[mediaType]} · {formatBytes(bytes)}
          </span>
        </p>
      ))}
    </>
  )
}

/** What was entered, field by field, beside what the case holds now. */
function ChangesTable({ changes }: { changes: readonly OutboxChange[] }) {
  const { t } = useTranslation(['outbox', 'domain'])
  const fieldText = useFieldText()
  const hasNow = changes.some(({ now }) => now !== undefined)
  return (
    <table className="table outbox-changes" aria-label={t('outbox:details.changes')}>
      <thead>
        <tr>
          <th scope="col" className="outbox-changes__cell outbox-changes__field">
            {t('outbox:details.changes')}
          </th>
          {hasNow && (
            <th scope="col" className="outbox-changes__cell">
              {t('outbox:details.now')}
            </th>
          )}
          <th scope="col" className="outbox-changes__cell">
            {t('outbox:details.wanted')}
          </th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, value, now }) => (
          <tr key={field}>
            <th scope="row" className="outbox-changes__cell outbox-changes__name">
              {t(`domain:field.${field}`)}
            </th>
            {hasNow && <ValueCell lines={fieldText(field, now)} />}
            <ValueCell lines={fieldText(field, value)} />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function ValueCell({ lines }: { lines: readonly string[] }) {
  const { t } = useTranslation('case')
  return (
    <td className="outbox-changes__cell outbox-changes__value">
      {lines.length === 0 && <span className="faint">{t('unset')}</span>}
      {lines.map((line) => (
        <span key={line} className="outbox-changes__line">
          {line}
        </span>
      ))}
    </td>
  )
}
