import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mayGivePaper } from '#shared/domain/account/paper-rights.ts'
import { BATCH_STATES, type BatchState } from '#shared/domain/destruction/batch-state.ts'
import type { BatchSummary } from '#shared/ipc/destruction-views.ts'
import { type AskedView, touchesBatches, useAsked } from '../../api/use-asked.ts'
import { useFailureText } from '../../case-display/failure-text.ts'
import { Button } from '../../design-system/button.tsx'
import { FilterChip, FilterSelect } from '../../design-system/select.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../design-system/states.tsx'
import { Tabs } from '../../design-system/tabs.tsx'
import { formatCount } from '../../i18n/format.ts'
import { RecordTable } from '../../office/record-table.tsx'
import { GivePaperDialog } from '../../papers/give-paper-dialog.tsx'
import { useAccount } from '../../view-state/desk.ts'
import { useKeys } from '../../view-state/keymap.ts'
import { goTo } from '../../view-state/navigation.ts'
import { BatchPane } from './batch-pane.tsx'
import { inOrder, todoOf } from './batch-todo.ts'
import { CalendarTab } from './calendar-tab.tsx'
import { PlanDialog } from './plan-dialog.tsx'
import { useBatchColumns } from './use-batch-columns.tsx'

/** The district's batches, what waits for whoever looks first. */
export function BatchListScreen() {
  const { t } = useTranslation('destruction')
  const view = useAsked('destruction.list', {}, { again: touchesBatches })
  const batches = view.value
  const [tab, setTab] = useState<'batches' | 'calendar'>('batches')
  const role = useAccount()?.role
  const isAuthor = role === 'caseworker'
  const mayRegister = role !== undefined && mayGivePaper(role, 'destruction_register')
  const [giving, setGiving] = useState(false)
  const [planning, setPlanning] = useState(false)
  const plan = (): void => setPlanning(true)
  useKeys('here', isAuthor ? [{ keys: 'N', label: t('keys.plan'), run: plan, hint: true }] : [])
  return (
    <div className="screen">
      <header className="screen__head">
        <h1>{t('title')}</h1>
        {batches && <span className="faint">{t('count', { n: formatCount(batches.length) })}</span>}
        <span className="grow" />
        {mayRegister && <Button onClick={() => setGiving(true)}>{t('register')}</Button>}
        {isAuthor && (
          <Button kind="primary" icon="plus" kbd="N" onClick={plan}>
            {t('plan')}
          </Button>
        )}
      </header>
      <Tabs
        label={t('title')}
        tabs={[
          { id: 'batches', label: t('tab.batches') },
          { id: 'calendar', label: t('tab.calendar') }
        ]}
        selected={tab}
        onSelect={setTab}
      >
        <div className="screen office-tab">{tab === 'batches' ? <BatchesTab view={view} /> : <CalendarTab />}</div>
      </Tabs>
      {planning && <PlanDialog onClose={() => setPlanning(false)} />}
      {giving && <GivePaperDialog paper={{ kind: 'destruction_register' }} onClose={() => setGiving(false)} />}
    </div>
  )
}

function BatchesTab({ view: { value: batches, failure, reload } }: { view: AskedView<'destruction.list'> }) {
  const { t } = useTranslation(['destruction', 'common'])
  const { failureText } = useFailureText()
  const isAuthor = useAccount()?.role === 'caseworker'
  if (batches === undefined) {
    return failure && failure.type !== 'Locked' ? (
      <ErrorState title={failureText(failure)} action={<Button onClick={reload}>{t('common:retry')}</Button>} />
    ) : (
      <Skeleton lines={6} label={t('common:loading')} />
    )
  }
  return batches.length === 0 ? (
    <EmptyState icon="check" title={t('destruction:empty.title')}>
      {t(isAuthor ? 'destruction:empty.author' : 'destruction:empty.text')}
    </EmptyState>
  ) : (
    <Batches batches={inOrder(batches)} />
  )
}

function Batches({ batches }: { batches: readonly BatchSummary[] }) {
  const { t } = useTranslation(['destruction', 'domain'])
  const [state, setState] = useState<BatchState | null>(null)
  const [isMine, setIsMine] = useState(false)
  const [chosenId, setChosenId] = useState<string | null>(null)
  const columns = useBatchColumns()
  const shown = batches.filter(
    (batch) => (state === null || batch.state === state) && (!isMine || todoOf(batch) !== null)
  )
  const chosen = shown.find(({ id }) => id === chosenId) ?? shown[0]
  const open = (): void => {
    if (chosen !== undefined) goTo({ screen: 'destruction', batchId: chosen.id })
  }
  useKeys('here', [{ keys: 'Enter', label: t('destruction:keys.open'), run: open, hint: true }])
  return (
    <>
      <fieldset className="bar filter-bar" aria-label={t('destruction:filter.label')}>
        <FilterChip pressed={isMine} onToggle={() => setIsMine(!isMine)}>
          {t('destruction:filter.mine')}
        </FilterChip>
        <FilterSelect<BatchState>
          label={t('destruction:filter.state')}
          all={t('destruction:filter.anyState')}
          choices={BATCH_STATES.map((value) => ({ value, label: t(`domain:batchState.${value}`) }))}
          value={state}
          onChange={setState}
        />
      </fieldset>
      {chosen === undefined ? (
        <EmptyState icon="search" title={t('destruction:nothing.title')}>
          {t('destruction:nothing.text')}
        </EmptyState>
      ) : (
        <div className="office-columns">
          <div className="card office-card">
            <RecordTable
              label={t('destruction:title')}
              columns={columns}
              rows={shown}
              idOf={({ id }) => id}
              selectedId={chosen.id}
              onSelect={setChosenId}
            />
          </div>
          <BatchPane batch={chosen} onOpen={open} />
        </div>
      )}
    </>
  )
}
