import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mayProvide } from '#shared/commands/provision/provision-act.ts'
import { isToChase, standingOf } from '#shared/domain/provision/provision-standing.ts'
import type { ProvisionSummary } from '#shared/ipc/provision-views.ts'
import { touchesProvisions, useAsked } from '../../api/use-asked.ts'
import { useFailureText } from '../../case-display/failure-text.ts'
import { Button } from '../../design-system/button.tsx'
import { FilterChip } from '../../design-system/select.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../design-system/states.tsx'
import { formatCount } from '../../i18n/format.ts'
import '../../office/office-screen.css'
import { RecordTable } from '../../office/record-table.tsx'
import { useToday } from '../../view-state/clock.ts'
import { useAccount } from '../../view-state/desk.ts'
import { useKeys } from '../../view-state/keymap.ts'
import { GiveDialog } from './give-dialog.tsx'
import './provision.css'
import { RunPane } from './run-pane.tsx'
import { useRunColumns } from './use-run-columns.tsx'

/** 제3자 제공: what recipients were given, what they owe, and the way to give. */
export function ProvisionScreen() {
  const { t } = useTranslation(['provision', 'common'])
  const { failureText } = useFailureText()
  const { value: runs, failure, reload } = useAsked('provision.runs', {}, { again: touchesProvisions })
  const role = useAccount()?.role
  const gives = role !== undefined && mayProvide(role, 'provision.give')
  const [giving, setGiving] = useState(false)
  const give = (): void => setGiving(true)
  useKeys('here', gives ? [{ keys: 'N', label: t('provision:give'), run: give, hint: true }] : [])
  return (
    <div className="screen">
      <header className="screen__head">
        <h1>{t('provision:title')}</h1>
        {runs && <span className="faint">{t('provision:count', { n: formatCount(runs.length) })}</span>}
        <span className="grow" />
        {gives && (
          <Button kind="primary" icon="plus" kbd="N" onClick={give}>
            {t('provision:give')}
          </Button>
        )}
      </header>
      {runs && runs.length > 0 && <Runs runs={runs} />}
      {runs?.length === 0 && (
        <EmptyState icon="outbox" title={t('provision:empty.title')}>
          {t(gives ? 'provision:empty.officer' : 'provision:empty.text')}
        </EmptyState>
      )}
      {!runs && failure && failure.type !== 'Locked' && (
        <ErrorState title={failureText(failure)} action={<Button onClick={reload}>{t('common:retry')}</Button>} />
      )}
      {!runs && (!failure || failure.type === 'Locked') && <Skeleton lines={6} label={t('common:loading')} />}
      {giving && <GiveDialog onClose={() => setGiving(false)} />}
    </div>
  )
}

function Runs({ runs }: { runs: readonly ProvisionSummary[] }) {
  const { t } = useTranslation('provision')
  const today = useToday()
  const columns = useRunColumns()
  const [isToDo, setIsToDo] = useState(false)
  const [chosenId, setChosenId] = useState<string | null>(null)
  const shown = runs.filter((run) => !isToDo || run.toAsk > 0 || isToChase(standingOf(run, today)))
  const chosen = shown.find(({ id }) => id === chosenId) ?? shown[0]
  return (
    <>
      <fieldset className="bar filter-bar" aria-label={t('filter.label')}>
        <FilterChip pressed={isToDo} onToggle={() => setIsToDo(!isToDo)}>
          {t('filter.toDo')}
        </FilterChip>
      </fieldset>
      {chosen === undefined ? (
        <EmptyState icon="check" title={t('nothingToDo')} />
      ) : (
        <div className="office-columns provision-columns">
          <div className="card office-card">
            <RecordTable
              label={t('title')}
              columns={columns}
              rows={shown}
              idOf={({ id }) => id}
              selectedId={chosen.id}
              onSelect={setChosenId}
            />
          </div>
          <RunPane key={chosen.id} run={chosen} />
        </div>
      )}
    </>
  )
}
