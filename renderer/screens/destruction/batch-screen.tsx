import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mayGivePaper } from '#shared/domain/account/paper-rights.ts'
import type { BatchView } from '#shared/ipc/destruction-views.ts'
import { touchesBatches, useAsked } from '../../api/use-asked.ts'
import { Button, IconButton } from '../../design-system/button.tsx'
import { Pill } from '../../design-system/pill.tsx'
import { Banner, ErrorState, Skeleton } from '../../design-system/states.tsx'
import { formatDay } from '../../i18n/format.ts'
import { useAccount } from '../../view-state/desk.ts'
import { useKeys } from '../../view-state/keymap.ts'
import { goTo } from '../../view-state/navigation.ts'
import { BatchDialog } from './batch-dialog.tsx'
import { BatchItems } from './batch-items.tsx'
import { BatchProgress } from './batch-progress.tsx'
import { todoOf } from './batch-todo.ts'
import { useDestructionFailureText } from './destruction-failure.ts'
import { STATE_TONES } from './state-tone.ts'
import { useBatchNote } from './use-batch-note.ts'

const toList = (): void => goTo({ screen: 'destruction', batchId: null })

/** One batch: where it stands, who has said what, its list, and what can be done with it. */
export function BatchScreen({ batchId }: { batchId: string }) {
  const { t } = useTranslation(['destruction', 'common'])
  const failureText = useDestructionFailureText()
  const { value: batch, failure } = useAsked('destruction.open', { batchId }, { again: touchesBatches })
  useKeys('here', [{ keys: 'Escape', label: t('destruction:keys.back'), run: toList, hint: true }])
  if (batch) return <Opened batch={batch} />
  return (
    <div className="screen">
      {failure && failure.type !== 'Locked' ? (
        <ErrorState
          title={failureText(failure)}
          action={<Button onClick={toList}>{t('destruction:keys.back')}</Button>}
        />
      ) : (
        <Skeleton lines={6} label={t('common:loading')} />
      )}
    </div>
  )
}

function Opened({ batch }: { batch: BatchView }) {
  const { t } = useTranslation(['destruction', 'domain', 'common'])
  const note = useBatchNote()
  const [opened, setOpened] = useState<BatchAct | null>(null)
  const { state, plan, isWaiting } = batch
  return (
    <div className="screen destruction">
      <header className="screen__head">
        <IconButton icon="left" label={`${t('destruction:keys.back')} (Esc)`} onClick={toList} />
        <h1>{t('destruction:batch', { day: formatDay(plan.dueUpTo) })}</h1>
        <Pill tone={STATE_TONES[state]}>{t(`domain:batchState.${state}`)}</Pill>
        {isWaiting && <Pill>{t('destruction:unsent')}</Pill>}
        <span className="grow" />
        <ActButtons batch={batch} onAct={setOpened} />
      </header>
      <Banner tone={state === 'cooling' ? 'warn' : 'info'} icon={state === 'cooling' ? 'clock' : 'info'}>
        {note(batch)}
      </Banner>
      <BatchProgress batch={batch} />
      <BatchItems batch={batch} />
      {opened && <BatchDialog act={opened} batch={batch} onClose={() => setOpened(null)} />}
    </div>
  )
}

/** What a button of the batch opens. */
export type BatchAct =
  | 'select'
  | 'submit'
  | 'finish_review'
  | 'request'
  | 'approve'
  | 'return'
  | 'abort'
  | 'paper'
  | 'certificate'

/** The one that leads on last, as the main one; calling off first, out of its way. */
function ActButtons({ batch, onAct }: { batch: BatchView; onAct: (act: BatchAct) => void }) {
  const { t } = useTranslation('destruction')
  const role = useAccount()?.role
  const main = mainAct(batch, role !== undefined && mayGivePaper(role, 'destruction_certificate'))
  useKeys('here', main === null ? [] : [{ keys: 'F9', label: t(`way.${main}`), run: () => onAct(main), hint: true }])
  const may = (way: BatchView['ways'][number]): boolean => batch.ways.includes(way)
  return (
    <div className="bar">
      {may('batch.abort') && (
        <Button kind="danger" onClick={() => onAct('abort')}>
          {t('way.abort')}
        </Button>
      )}
      {batch.request && <Button onClick={() => onAct('paper')}>{t('way.paper')}</Button>}
      {may('batch.return') && <Button onClick={() => onAct('return')}>{t('way.return')}</Button>}
      {may('batch.list') && main !== 'select' && <Button onClick={() => onAct('select')}>{t('way.select')}</Button>}
      {main && (
        <Button kind="primary" kbd="F9" onClick={() => onAct(main)}>
          {t(`way.${main}`)}
        </Button>
      )}
    </div>
  )
}

function mainAct(batch: BatchView, mayCertify: boolean): BatchAct | null {
  if (mayCertify && batch.state === 'completed') return 'certificate'
  const todo = todoOf(batch)
  return todo === 'review' ? 'finish_review' : todo
}
