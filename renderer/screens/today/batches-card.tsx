import { useTranslation } from 'react-i18next'
import type { BatchSummary } from '#shared/ipc/destruction-views.ts'
import { TextButton } from '../../design-system/button.tsx'
import { Card, CardLine } from '../../design-system/card.tsx'
import { Pill } from '../../design-system/pill.tsx'
import { formatCount, formatDay } from '../../i18n/format.ts'
import { goTo } from '../../view-state/navigation.ts'
import { inOrder, todoOf } from '../destruction/batch-todo.ts'
import { STATE_TONES } from '../destruction/state-tone.ts'

const MOST = 6

/** Destruction batches that go on, what waits for her first. */
export function BatchesCard({ batches }: { batches: readonly BatchSummary[] }) {
  const { t } = useTranslation(['today', 'domain', 'destruction'])
  const shown = inOrder(batches).filter(({ state }) => state !== 'completed' && state !== 'aborted')
  return (
    <Card
      title={t('today:overseer.batches')}
      actions={
        <TextButton onClick={() => goTo({ screen: 'destruction', batchId: null })}>
          {t('today:overseer.allBatches')}
        </TextButton>
      }
    >
      {shown.length === 0 && (
        <CardLine>
          <span className="faint">{t('today:overseer.noBatches')}</span>
        </CardLine>
      )}
      {shown.slice(0, MOST).map((batch) => {
        const todo = todoOf(batch)
        return (
          <CardLine
            key={batch.id}
            aside={
              <>
                {todo !== null && <Pill tone="warn">{t(`destruction:todo.${todo}`)}</Pill>}{' '}
                <Pill tone={STATE_TONES[batch.state]}>{t(`domain:batchState.${batch.state}`)}</Pill>
              </>
            }
          >
            <TextButton onClick={() => goTo({ screen: 'destruction', batchId: batch.id })}>
              {t('today:overseer.batch', {
                day: formatDay(batch.plan.dueUpTo),
                n: formatCount(batch.toDestroy)
              })}
            </TextButton>
          </CardLine>
        )
      })}
    </Card>
  )
}
