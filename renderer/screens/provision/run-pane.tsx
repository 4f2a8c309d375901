import { useTranslation } from 'react-i18next'
import { standingOf } from '#shared/domain/provision/provision-standing.ts'
import type { ProvisionSummary } from '#shared/ipc/provision-views.ts'
import { useOfficialName } from '../../case-display/official-name.ts'
import { Fact, Facts } from '../../design-system/card.tsx'
import { Pill } from '../../design-system/pill.tsx'
import { Banner } from '../../design-system/states.tsx'
import { formatCount, formatDay, formatInstant } from '../../i18n/format.ts'
import { useToday } from '../../view-state/clock.ts'
import { RunLines } from './run-lines.tsx'
import { RunWays } from './run-ways.tsx'
import { STANDING_TONES } from './standing-tone.ts'
import { useRecipientName } from './use-recipients.ts'

/** The chosen run: to whom and why, its clock, its file, what the recipient owes, and each person in it. */
export function RunPane({ run }: { run: ProvisionSummary }) {
  const { t } = useTranslation('provision')
  const recipientName = useRecipientName()
  const officialName = useOfficialName()
  const standing = standingOf(run, useToday())
  const { number, recipientId, persons, purpose, document, givenBy, givenAt, keepUntil, file, voided, deletion } = run
  const { agreementEndsOn, fileDestroyed, toAsk, asked } = run
  const words = (by: string, at: string): string => t('byAt', { by: officialName(by), at: formatInstant(at) })
  return (
    <aside className="card office-pane" aria-label={t('pane')}>
      <header className="card__head">
        <h2 className="office-pane__name">{number}</h2>
        <Pill tone={STANDING_TONES[standing]}>{t(`standing.${standing}`)}</Pill>
      </header>
      {toAsk > 0 && <Banner tone="bad">{t('toAsk', { n: formatCount(toAsk) })}</Banner>}
      {asked > 0 && <Banner tone="warn">{t('asked', { n: formatCount(asked) })}</Banner>}
      {standing === 'overdue' && <Banner tone="bad">{t('overdue')}</Banner>}
      {standing === 'unwritten' && <Banner tone="warn">{t('unwritten')}</Banner>}
      <Facts>
        <Fact name={t('column.recipient')}>{recipientName(recipientId)}</Fact>
        <Fact name={t('column.persons')}>{t('persons', { n: formatCount(persons) })}</Fact>
        <Fact name={t('fact.purpose')}>{purpose}</Fact>
        <Fact name={t('fact.document')}>{document}</Fact>
        <Fact name={t('fact.given')}>{words(givenBy, givenAt)}</Fact>
        {voided && <Fact name={t('standing.voided')}>{`${voided.reason} · ${words(voided.by, voided.at)}`}</Fact>}
        {!voided && (
          <>
            <Fact name={t('column.keepUntil')}>{keepUntil === null ? t('noEnd') : formatDay(keepUntil)}</Fact>
            {agreementEndsOn && <Fact name={t('fact.agreement')}>{formatDay(agreementEndsOn)}</Fact>}
            <Fact name={t('fact.file')}>{file ? words(file.by, file.at) : t('standing.unwritten')}</Fact>
            {file && (
              <Fact name={t('fact.fileDestroyed')}>
                {fileDestroyed ? words(fileDestroyed.by, fileDestroyed.at) : t('notYet')}
              </Fact>
            )}
            {deletion && (
              <Fact name={t('fact.deletion')}>
                {`${deletion.document} · ${formatDay(deletion.on)} · ${officialName(deletion.by)}`}
              </Fact>
            )}
          </>
        )}
      </Facts>
      <RunWays run={run} />
      <RunLines runId={run.id} />
    </aside>
  )
}
