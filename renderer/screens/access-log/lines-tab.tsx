import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isAnswerable, type LogQuestion } from '#shared/ipc/access-log-methods.ts'
import type { LogLine, LogStand } from '#shared/ipc/access-log-views.ts'
import { CentreAnswer } from '../../centre/centre-frame.tsx'
import { useSilence } from '../../centre/centre-screen.tsx'
import { useCentreAsked } from '../../centre/use-centre-asked.ts'
import { IconButton } from '../../design-system/button.tsx'
import { EmptyState } from '../../design-system/states.tsx'
import { formatCount } from '../../i18n/format.ts'
import { RecordTable } from '../../office/record-table.tsx'
import { useKeys } from '../../view-state/keymap.ts'
import { LinePane } from './line-pane.tsx'
import { LogFilter } from './log-filter.tsx'
import type { LogWanted } from './log-wanted.ts'
import { useLineColumns } from './use-line-columns.tsx'

interface LinesTabProps {
  pcs: readonly LogStand[]
  wanted: LogWanted
  onWanted: (wanted: LogWanted) => void
}

/** The lines that are asked for, the newest first, a page at a time. */
export function LinesTab({ pcs, wanted, onWanted }: LinesTabProps) {
  /** Where each page began, the first one at null. */
  const [begins, setBegins] = useState<readonly (number | null)[]>([null])
  const question: LogQuestion = { ...wanted, before: begins.at(-1) ?? null }
  const view = useCentreAsked('accessLog.lines', isAnswerable(wanted) ? question : null)
  const silence = useSilence(view)
  const narrow = (change: Partial<LogWanted>): void => {
    onWanted({ ...wanted, ...change })
    setBegins([null])
  }
  return (
    <>
      <LogFilter wanted={wanted} pcs={pcs} onChange={narrow} />
      {isAnswerable(wanted) && (
        <CentreAnswer value={view.value} silence={silence}>
          {({ lines, next }) => (
            <Lines
              lines={lines}
              pcs={pcs}
              onCase={(caseId) => narrow({ caseId })}
              turn={{
                page: begins.length,
                back: begins.length > 1 ? () => setBegins(begins.slice(0, -1)) : null,
                on: next === null ? null : () => setBegins([...begins, next])
              }}
            />
          )}
        </CentreAnswer>
      )}
    </>
  )
}

interface Turn {
  readonly page: number
  readonly back: (() => void) | null
  readonly on: (() => void) | null
}

interface LinesProps {
  lines: readonly LogLine[]
  pcs: readonly LogStand[]
  onCase: (caseId: string) => void
  turn: Turn
}

function Lines({ lines, pcs, onCase, turn }: LinesProps) {
  const { t } = useTranslation('accessLog')
  const columns = useLineColumns(pcs)
  const [chosenId, setChosenId] = useState<string | null>(null)
  const chosen = lines.find(({ id }) => String(id) === chosenId) ?? lines[0]
  if (chosen === undefined) {
    return (
      <EmptyState icon="search" title={t('empty.title')}>
        {t('empty.text')}
      </EmptyState>
    )
  }
  return (
    <div className="office-columns log-lines">
      <div className="card office-card">
        <RecordTable
          label={t('tab.lines')}
          columns={columns}
          rows={lines}
          idOf={({ id }) => String(id)}
          selectedId={String(chosen.id)}
          onSelect={setChosenId}
        />
        <Paging turn={turn} amount={lines.length} />
      </div>
      <LinePane key={chosen.id} line={chosen} pcs={pcs} onCase={onCase} />
    </div>
  )
}

function Paging({ turn: { page, back, on }, amount }: { turn: Turn; amount: number }) {
  const { t } = useTranslation('accessLog')
  useKeys('here', [
    { keys: 'PageUp', label: t('page.newer'), run: () => back?.() },
    { keys: 'PageDown', label: t('page.older'), run: () => on?.(), hint: true }
  ])
  return (
    <nav className="paging" aria-label={t('page.label')}>
      <span className="paging__range">{t('page.range', { page: formatCount(page), amount: formatCount(amount) })}</span>
      <IconButton icon="left" label={`${t('page.newer')} (PgUp)`} disabled={back === null} onClick={() => back?.()} />
      <IconButton icon="right" label={`${t('page.older')} (PgDn)`} disabled={on === null} onClick={() => on?.()} />
    </nav>
  )
}
