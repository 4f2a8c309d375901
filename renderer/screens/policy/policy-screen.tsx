import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import { useAsked } from '../../api/use-asked.ts'
import { useFailureText } from '../../case-display/failure-text.ts'
import { Button } from '../../design-system/button.tsx'
import { Pill } from '../../design-system/pill.tsx'
import { FilterSelect } from '../../design-system/select.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../design-system/states.tsx'
import { formatDay } from '../../i18n/format.ts'
import { useToday } from '../../view-state/clock.ts'
import { ArticleCard } from './article-card.tsx'
import { ArticleNav } from './article-nav.tsx'
import './policy-screen.css'

/** 처리방침: what may be held, why, for how long and who else gets it, as the register says it. */
export function PolicyScreen() {
  const { t } = useTranslation(['policy', 'common'])
  const { failureText } = useFailureText()
  const { value: versions, failure, reload } = useAsked('policy.versions', {})
  if (!versions && failure) {
    return <ErrorState title={failureText(failure)} action={<Button onClick={reload}>{t('common:retry')}</Button>} />
  }
  if (!versions) return <Skeleton lines={8} label={t('common:loading')} />
  if (versions.length === 0) return <EmptyState icon="policy" title={t('policy:none')} />
  return <Versions versions={versions} />
}

function Versions({ versions }: { versions: readonly PolicyRegister[] }) {
  const { t } = useTranslation('policy')
  const today = useToday()
  const inForce = versions.find(({ effectiveFrom }) => effectiveFrom <= today)
  const [chosenId, setChosenId] = useState<string | null>(null)
  const policy = versions.find(({ id }) => id === chosenId) ?? inForce ?? versions[0]
  if (!policy) return null
  return (
    <div className="screen">
      <header className="screen__head">
        <h1>{t('title')}</h1>
        <span className="faint">{t('since', { day: formatDay(policy.effectiveFrom) })}</span>
        <Pill tone={policy === inForce ? 'ok' : 'plain'}>{t(policy === inForce ? 'inForce' : 'notInForce')}</Pill>
        <span className="grow" />
        {versions.length > 1 && (
          <FilterSelect
            label={t('versions')}
            all={t('versionInForce')}
            choices={versions.map(({ id, effectiveFrom }) => ({ value: id, label: formatDay(effectiveFrom) }))}
            value={chosenId}
            onChange={setChosenId}
          />
        )}
      </header>
      <div className="policy">
        <div className="policy__text" lang="ko">
          <Summary policy={policy} />
          {policy.articles.map((article) => (
            <ArticleCard key={article.no} policy={policy} article={article} />
          ))}
        </div>
        <ArticleNav articles={policy.articles} />
      </div>
    </div>
  )
}

/** The six cells that a citizen is to see at a glance. */
function Summary({ policy }: { policy: PolicyRegister }) {
  return (
    <section className="card policy__summary" aria-label={policy.labelling.title}>
      <h2 className="policy__name">{policy.title}</h2>
      <p className="policy__preamble">{policy.preamble}</p>
      <dl className="policy__labels">
        {policy.labelling.cells.map(({ id, label, text }) => (
          <div key={id}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
