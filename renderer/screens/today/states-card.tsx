import { useTranslation } from 'react-i18next'
import type { TodayView } from '#shared/ipc/views.ts'
import { StatePill } from '../../case-display/state-pill.tsx'
import { Card, CardLine } from '../../design-system/card.tsx'
import { formatCount } from '../../i18n/format.ts'
import { showState } from './show-in-list.ts'

/** How many cases stand where; each leads to its list. */
export function StatesCard({ byState }: Pick<TodayView, 'byState'>) {
  const { t } = useTranslation(['today', 'domain'])
  const shown = byState.filter(({ count }) => count > 0)
  if (shown.length === 0) {
    return (
      <Card title={t('today:states.title')}>
        <CardLine>
          <span className="faint">{t('today:states.empty')}</span>
        </CardLine>
      </Card>
    )
  }
  return (
    <Card title={t('today:states.title')}>
      <ul className="states-list">
        {shown.map(({ state, count }) => (
          <li key={state}>
            <button
              type="button"
              className="states-list__way"
              title={t('today:states.show', { state: t(`domain:caseState.${state}`) })}
              onClick={() => showState(state)}
            >
              <StatePill state={state} />
              <b>{formatCount(count)}</b>
            </button>
          </li>
        ))}
      </ul>
    </Card>
  )
}
