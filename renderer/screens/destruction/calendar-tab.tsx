import { useTranslation } from 'react-i18next'
import { comingMonths } from '#shared/domain/retention/coming-months.ts'
import type { RetentionOverview } from '#shared/ipc/retention-views.ts'
import { DueMonths } from '../../case-display/due-months.tsx'
import { CentreAnswer } from '../../centre/centre-frame.tsx'
import { useSilence } from '../../centre/centre-screen.tsx'
import { useCentreAsked } from '../../centre/use-centre-asked.ts'
import { Card } from '../../design-system/card.tsx'
import { Banner } from '../../design-system/states.tsx'
import { formatCount, formatInstant } from '../../i18n/format.ts'
import { Figure, Figures } from '../../office/office-screen.tsx'
import { useToday } from '../../view-state/clock.ts'

/** As far as the centre looks ahead. */
const MONTHS = 24

/** 보유기간 달력: what is due now, and by month for the next two years. */
export function CalendarTab() {
  const view = useCentreAsked('retention.overview', {})
  return (
    <CentreAnswer value={view.value} silence={useSilence(view)}>
      {(overview) => <Overview overview={overview} />}
    </CentreAnswer>
  )
}

function Overview({ overview }: { overview: RetentionOverview }) {
  const { t } = useTranslation('destruction')
  const today = useToday()
  const { judgedAt, failed, cases, due, overdue, earlyDue, held, unjudged } = overview
  return (
    <>
      {failed !== null && (
        <Banner tone="bad" icon="warning">
          {t('calendar.failed')}
        </Banner>
      )}
      <Figures>
        <Figure value={formatCount(due)} label={t('calendar.due')} tone={due > 0 ? 'warn' : undefined} />
        <Figure value={formatCount(overdue)} label={t('calendar.overdue')} tone={overdue > 0 ? 'bad' : 'ok'} />
        <Figure value={formatCount(earlyDue)} label={t('calendar.earlyDue')} tone={earlyDue > 0 ? 'warn' : undefined} />
        <Figure value={formatCount(held)} label={t('calendar.held')} />
        <Figure value={formatCount(unjudged)} label={t('calendar.unjudged')} tone={unjudged > 0 ? 'bad' : undefined} />
        <Figure value={formatCount(cases)} label={t('calendar.cases')} />
      </Figures>
      <Card
        title={t('calendar.title')}
        note={judgedAt === null ? t('calendar.notJudged') : t('calendar.judgedAt', { at: formatInstant(judgedAt) })}
      >
        <DueMonths months={comingMonths(overview.months, today, MONTHS)} />
      </Card>
    </>
  )
}
