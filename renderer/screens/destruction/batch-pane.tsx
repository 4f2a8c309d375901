import { useTranslation } from 'react-i18next'
import type { BatchSummary } from '#shared/ipc/destruction-views.ts'
import { useOfficialName } from '../../case-display/official-name.ts'
import { Button } from '../../design-system/button.tsx'
import { Fact, Facts } from '../../design-system/card.tsx'
import { Pill } from '../../design-system/pill.tsx'
import { formatCount, formatDay, formatInstant } from '../../i18n/format.ts'
import { STATE_TONES } from './state-tone.ts'
import { useBatchNote } from './use-batch-note.ts'

/** The chosen batch in short, who has to do what, and the way to it. */
export function BatchPane({ batch, onOpen }: { batch: BatchSummary; onOpen: () => void }) {
  const { t } = useTranslation(['destruction', 'domain'])
  const officialName = useOfficialName()
  const note = useBatchNote()
  const { state, plan, authorId, toDestroy, listed, movedAt, isWaiting } = batch
  return (
    <aside className="card office-pane" aria-label={t('destruction:pane')}>
      <header className="card__head">
        <h2 className="office-pane__name">{t('destruction:batch', { day: formatDay(plan.dueUpTo) })}</h2>
        <Pill tone={STATE_TONES[state]}>{t(`domain:batchState.${state}`)}</Pill>
        {isWaiting && <Pill>{t('destruction:unsent')}</Pill>}
      </header>
      <Facts>
        <Fact name={t('destruction:facts.author')}>{officialName(authorId)}</Fact>
        <Fact name={t('destruction:column.amount')}>
          {t('destruction:amount', { left: formatCount(toDestroy), listed: formatCount(listed) })}
        </Fact>
        <Fact name={t('destruction:column.movedAt')}>{formatInstant(movedAt)}</Fact>
        {plan.note !== '' && <Fact name={t('destruction:facts.plan')}>{plan.note}</Fact>}
      </Facts>
      <p className="centre-pane__text">{note(batch)}</p>
      <div className="office-pane__acts">
        <Button kind="primary" kbd="Enter" onClick={onOpen}>
          {t('destruction:open')}
        </Button>
      </div>
    </aside>
  )
}
