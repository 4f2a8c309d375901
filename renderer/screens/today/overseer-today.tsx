import { useTranslation } from 'react-i18next'
import { comingMonths } from '#shared/domain/retention/coming-months.ts'
import { touchesBatches, useAsked } from '../../api/use-asked.ts'
import { DueMonths } from '../../case-display/due-months.tsx'
import { useSilence } from '../../centre/centre-screen.tsx'
import { useCentreAsked } from '../../centre/use-centre-asked.ts'
import { Card } from '../../design-system/card.tsx'
import { Banner } from '../../design-system/states.tsx'
import { formatDay, formatInstant } from '../../i18n/format.ts'
import { useToday } from '../../view-state/clock.ts'
import { goTo } from '../../view-state/navigation.ts'
import { todoOf } from '../destruction/batch-todo.ts'
import { BatchesCard } from './batches-card.tsx'
import { DutyStats } from './duty-stats.tsx'
import { ProvisionStats } from './provision-stats.tsx'
import { Stat } from './stat.tsx'
import './today.css'

const MONTHS = 12

/** 오늘 of the privacy officer and the supervisor: what is overdue or waits for her, and what has to be looked at. */
export function OverseerToday() {
  const { t } = useTranslation('today')
  const today = useToday()
  const view = useCentreAsked('retention.overview', {})
  const overview = view.value
  const silence = useSilence(view)
  const batches = useAsked('destruction.list', {}, { again: touchesBatches }).value ?? []
  const tally = useAsked('consents.tally', {}).value
  const toDestruction = (): void => goTo({ screen: 'destruction', batchId: null })
  const mine = batches.filter((batch) => todoOf(batch) !== null)
  return (
    <div className="screen">
      <header className="screen__head">
        <h1>{t('title')}</h1>
        <span className="faint">{formatDay(today)}</span>
      </header>
      {silence && (
        <Banner tone="warn" icon={silence.isOffline ? 'offline' : 'warning'}>
          {silence.words}
        </Banner>
      )}
      {overview?.failed != null && (
        <Banner tone="bad" icon="warning">
          {t('overseer.runFailed')}
        </Banner>
      )}
      <div className="today scroll">
        <div className="card today__stats">
          {overview && (
            <>
              <Stat count={overview.overdue} label={t('overseer.overdue')} tone="bad" onShow={toDestruction} />
              <Stat count={overview.due + overview.earlyDue} label={t('overseer.due')} onShow={toDestruction} />
            </>
          )}
          <Stat count={mine.length} label={t('overseer.todo')} onShow={toDestruction} />
          {tally && (
            <Stat
              count={tally.waiting.length}
              label={t('overseer.guardians')}
              onShow={() => goTo({ screen: 'consents' })}
            />
          )}
          <ProvisionStats today={today} />
          <DutyStats />
        </div>
        <BatchesCard batches={batches} />
        {overview && (
          <Card
            title={t('overseer.months')}
            note={
              overview.judgedAt === null
                ? t('overseer.notJudged')
                : t('overseer.judgedAt', { at: formatInstant(overview.judgedAt) })
            }
          >
            <DueMonths months={comingMonths(overview.months, today, MONTHS)} />
          </Card>
        )}
      </div>
    </div>
  )
}
