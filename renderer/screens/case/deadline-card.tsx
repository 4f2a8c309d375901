import { useTranslation } from 'react-i18next'
import type { Case } from '#shared/domain/case/case.ts'
import { type DueCause, dueRuleFor } from '#shared/domain/case/due-rules.ts'
import type { CaseView } from '#shared/ipc/views.ts'
import { DueLeft, dueUrgency } from '../../case-display/due-left.tsx'
import { Card, CardLine } from '../../design-system/card.tsx'
import { Pill, type Tone } from '../../design-system/pill.tsx'
import { formatDay } from '../../i18n/format.ts'
import { useToday } from '../../view-state/clock.ts'

const TONES: Readonly<Record<ReturnType<typeof dueUrgency>, Tone>> = { over: 'bad', near: 'warn', far: 'info' }

/** 기한: by when the citizen must have the notice, and which law says so. */
export function DeadlineCard({ view }: { view: CaseView }) {
  const { t } = useTranslation('case')
  const today = useToday()
  const { dueOn, service, appliedOn } = view.case
  if (dueOn === null) {
    return (
      <Card title={t('deadline.title')}>
        <CardLine>
          <span className="faint">{t('deadline.nothing')}</span>
        </CardLine>
      </Card>
    )
  }
  const cause = openCause(view.case)
  const rule = dueRuleFor(service, cause, appliedOn)
  const law = rule && { days: rule.days, law: rule.law }
  return (
    <Card title={t('deadline.title')}>
      <CardLine aside={formatDay(dueOn)}>
        <Pill tone={TONES[dueUrgency(dueOn, today)]}>
          <DueLeft dueOn={dueOn} today={today} />
        </Pill>
        {cause === 'appeal' ? t('deadline.appeal') : t('deadline.notice')}
        {law && <span className="faint">{t(cause === 'appeal' ? 'deadline.appealLaw' : 'deadline.law', law)}</span>}
      </CardLine>
    </Card>
  )
}

/** An objection without a notice after it is what is owed now. */
function openCause({ history }: Pick<Case, 'history'>): DueCause {
  const appealed = history.findLastIndex(({ state }) => state === 'appealed')
  const notified = history.findLastIndex(({ state }) => state === 'notified')
  return appealed > notified ? 'appeal' : 'application'
}
