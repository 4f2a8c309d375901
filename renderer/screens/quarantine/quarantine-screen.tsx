import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { QuarantineEntry } from '#shared/ipc/quarantine-views.ts'
import { CentreScreen } from '../../centre/centre-screen.tsx'
import { useCentreAsked } from '../../centre/use-centre-asked.ts'
import { Banner, EmptyState } from '../../design-system/states.tsx'
import { formatCount } from '../../i18n/format.ts'
import { RecordTable } from '../../office/record-table.tsx'
import { useKeys } from '../../view-state/keymap.ts'
import { DestroyDialog } from './destroy-dialog.tsx'
import { QuarantinePane } from './quarantine-pane.tsx'
import { useMarks } from './use-marks.ts'
import { useQuarantineColumns } from './use-quarantine-columns.tsx'
import './quarantine.css'

/** 격리함: what was sent for destroyed or withdrawn cases, sealed at the centre. For the privacy officer alone. */
export function QuarantineScreen() {
  const { t } = useTranslation('quarantine')
  const view = useCentreAsked('quarantine.list', {})
  const sealed = view.value?.filter(({ destroyedAt }) => destroyedAt === null).length
  return (
    <CentreScreen title={t('title')} note={sealed !== undefined && t('count', { n: formatCount(sealed) })} view={view}>
      {(entries) =>
        entries.length === 0 ? (
          <EmptyState icon="check" title={t('empty.title')}>
            {t('empty.text')}
          </EmptyState>
        ) : (
          <Entries entries={entries} onChanged={view.reload} />
        )
      }
    </CentreScreen>
  )
}

function Entries({ entries, onChanged }: { entries: readonly QuarantineEntry[]; onChanged: () => void }) {
  const { t } = useTranslation('quarantine')
  const sealed = entries.filter(({ destroyedAt }) => destroyedAt === null)
  const ordered = [...sealed, ...entries.filter(({ destroyedAt }) => destroyedAt !== null)]
  const [chosenId, setChosenId] = useState<string | null>(null)
  const [destroying, setDestroying] = useState<readonly QuarantineEntry[] | null>(null)
  const chosen = ordered.find(({ commandId }) => commandId === chosenId) ?? ordered[0]
  const marks = useMarks(sealed)
  const columns = useQuarantineColumns(marks)
  /** The marked ones; without marks the chosen one. */
  const toDestroy = marks.marked.length > 0 ? marks.marked : sealed.filter((entry) => entry === chosen)
  const destroy = (): void => {
    if (toDestroy.length > 0) setDestroying(toDestroy)
  }
  useKeys('here', [
    { keys: 'X', label: t('keys.mark'), run: () => chosen && marks.toggle(chosen.commandId), hint: true },
    { keys: 'A', label: t('keys.markAll'), run: marks.toggleAll },
    { keys: 'Delete', label: t('keys.destroy'), run: destroy, hint: true }
  ])
  return (
    <>
      <Banner icon="lock">{t('about')}</Banner>
      <div className="office-columns">
        <div className="card office-card">
          <RecordTable
            label={t('title')}
            columns={columns}
            rows={ordered}
            idOf={({ commandId }) => commandId}
            selectedId={chosen?.commandId ?? null}
            onSelect={setChosenId}
          />
        </div>
        {chosen && <QuarantinePane entry={chosen} amount={toDestroy.length} onDestroy={destroy} />}
      </div>
      {destroying && <DestroyDialog entries={destroying} onClose={() => setDestroying(null)} onChanged={onChanged} />}
    </>
  )
}
