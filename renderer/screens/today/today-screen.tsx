import { useTranslation } from 'react-i18next'
import { oversees } from '#shared/domain/account/account.ts'
import type { TodayView } from '#shared/ipc/views.ts'
import { touchesAnyCase, useAsked } from '../../api/use-asked.ts'
import { useFailureText } from '../../case-display/failure-text.ts'
import { Button } from '../../design-system/button.tsx'
import { ErrorState, Skeleton } from '../../design-system/states.tsx'
import { formatCount, formatDay } from '../../i18n/format.ts'
import { useToday } from '../../view-state/clock.ts'
import { useAccount, useDesk } from '../../view-state/desk.ts'
import { goTo } from '../../view-state/navigation.ts'
import { DraftsCard } from './drafts-card.tsx'
import { DueCard } from './due-card.tsx'
import { OverseerToday } from './overseer-today.tsx'
import { showOverdue } from './show-in-list.ts'
import { Stat } from './stat.tsx'
import { StatesCard } from './states-card.tsx'
import './today.css'

/** 오늘: each role has its own. */
export function TodayScreen() {
  const role = useAccount()?.role
  return role !== undefined && oversees(role) ? <OverseerToday /> : <CaseworkerToday />
}

/** What cannot wait, what was left unfinished, and how the district's work stands. */
function CaseworkerToday() {
  const { t } = useTranslation(['today', 'common', 'shell'])
  const { failureText } = useFailureText()
  const today = useToday()
  const { value, failure, reload } = useAsked('case.today', { today }, { again: touchesAnyCase })
  return (
    <div className="screen">
      <header className="screen__head">
        <h1>{t('today:title')}</h1>
        <span className="faint">
          {formatDay(today)} {value && ` · ${t('today:total', { n: formatCount(value.total) })}`}
        </span>
        <span className="grow" />
        <Button kind="primary" kbd="F2" onClick={() => goTo({ screen: 'intake', draftId: null })}>
          {t('shell:screen.intake')}
        </Button>
      </header>
      {!value && failure && failure.type !== 'Locked' && (
        <ErrorState title={t('today:failed')} action={<Button onClick={reload}>{t('common:retry')}</Button>}>
          {failureText(failure)}
        </ErrorState>
      )}
      {!value && !failure && <Skeleton lines={8} label={t('common:loading')} />}
      {value && <TodayContent view={value} today={today} />}
    </div>
  )
}

function TodayContent({ view, today }: { view: TodayView; today: string }) {
  const { t } = useTranslation('today')
  const waiting = useDesk(({ sync }) => sync?.waiting ?? 0)
  const conflicts = useDesk(({ sync }) => sync?.conflicts ?? 0)
  const handedOver = useAsked('handedOver.list', {}).value?.length ?? 0
  return (
    <div className="today scroll">
      <div className="card today__stats">
        <Stat count={view.overdue} label={t('stat.overdue')} tone="bad" onShow={() => showOverdue(today)} />
        <Stat count={view.dueSoon} label={t('stat.dueSoon')} />
        <Stat count={view.drafts.length} label={t('stat.drafts')} />
        <Stat
          count={conflicts}
          label={t('stat.conflicts')}
          tone="bad"
          onShow={() => goTo({ screen: 'conflicts', conflictId: null })}
        />
        {handedOver > 0 && (
          <Stat count={handedOver} label={t('stat.handedOver')} onShow={() => goTo({ screen: 'handedOver' })} />
        )}
        <Stat count={waiting} label={t('stat.waiting')} onShow={() => goTo({ screen: 'outbox' })} />
      </div>
      <div className="today__columns">
        <DueCard rows={view.pressing} today={today} />
        <div className="stack">
          <DraftsCard drafts={view.drafts} />
          <StatesCard byState={view.byState} />
        </div>
      </div>
    </div>
  )
}
