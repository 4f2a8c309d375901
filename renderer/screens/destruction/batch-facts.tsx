import { useTranslation } from 'react-i18next'
import { DUE_CAUSES } from '#shared/domain/destruction/destruction-batch.ts'
import type { BatchView } from '#shared/ipc/destruction-views.ts'
import { useOfficialName } from '../../case-display/official-name.ts'
import { Fact, Facts } from '../../design-system/card.tsx'
import { formatCount, formatInstant } from '../../i18n/format.ts'

/** What the batch is as a whole: how much for which causes, its plan, its digest, and all that was done to it. */
export function BatchFacts({ batch }: { batch: BatchView }) {
  const { t } = useTranslation('destruction')
  const officialName = useOfficialName()
  const { plan, authorId, coolsUntil, leftOut, steps } = batch
  return (
    <section className="card office-pane" aria-label={t('facts.title')}>
      <header className="card__head">
        <h2>{t('facts.title')}</h2>
      </header>
      <Facts>
        <Fact name={t('facts.author')}>{officialName(authorId)}</Fact>
        <Fact name={t('facts.extent')}>
          <Extent batch={batch} />
        </Fact>
        <Fact name={t('facts.causes')}>
          <Causes batch={batch} />
        </Fact>
        <Fact name={t('facts.leftOut')}>{t('facts.leftOutValue', leftOut)}</Fact>
        <Fact name={t('facts.cooling')}>
          {coolsUntil === null ? t('facts.coolingDays', { n: plan.coolingDays }) : formatInstant(coolsUntil)}
        </Fact>
        {batch.digest !== null && (
          <Fact name={t('facts.digest')}>
            <code className="digest">{inGroups(batch.digest)}</code>
          </Fact>
        )}
        {plan.note !== '' && <Fact name={t('facts.plan')}>{plan.note}</Fact>}
      </Facts>
      <h3 className="batch-history__title">{t('facts.history')}</h3>
      <ol className="batch-history">
        {steps.map(({ act, by, at, reason }) => (
          <li key={`${act} ${at}`}>
            <strong>{t(`step.${act}`)}</strong> {by === null ? t('centre') : officialName(by)}
            <span className="faint">{formatInstant(at)}</span>
            {reason !== '' && <span>{reason}</span>}
          </li>
        ))}
      </ol>
    </section>
  )
}

/** A digest in groups, so that two people can compare it aloud. */
export const inGroups = (digest: string): string => digest.match(/.{1,8}/g)?.join(' ') ?? digest

export function Extent({ batch: { wholeCases, toDestroy } }: { batch: BatchView }) {
  const { t } = useTranslation('destruction')
  return t('facts.extentValue', { cases: formatCount(wholeCases), fields: formatCount(toDestroy - wholeCases) })
}

export function Causes({ batch: { causes } }: { batch: BatchView }) {
  const { t } = useTranslation('destruction')
  const told = DUE_CAUSES.filter((cause) => causes[cause] > 0)
  return told.length === 0
    ? '—'
    : told.map((cause) => `${t(`cause.${cause}`)} ${t('items.count', { n: formatCount(causes[cause]) })}`).join(', ')
}
