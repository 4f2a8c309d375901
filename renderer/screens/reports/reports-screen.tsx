import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReportEntry } from '#shared/ipc/report-views.ts'
import { useAsked } from '../../api/use-asked.ts'
import { CentreScreen } from '../../centre/centre-screen.tsx'
import { useCentreAsked } from '../../centre/use-centre-asked.ts'
import { Button, IconButton } from '../../design-system/button.tsx'
import { EmptyState } from '../../design-system/states.tsx'
import { formatCount } from '../../i18n/format.ts'
import { RecordTable } from '../../office/record-table.tsx'
import { useKeys } from '../../view-state/keymap.ts'
import { JobCard } from './job-card.tsx'
import { NewReportDialog } from './new-report-dialog.tsx'
import { ReportPane } from './report-pane.tsx'
import './reports.css'
import { useReportColumns } from './use-report-columns.tsx'

/** How often a running report is looked at. */
const LOOK_MS = 500

/** 보고서: what was given out, what is being made, and the way to a new one. */
export function ReportsScreen() {
  const { t } = useTranslation('reports')
  /** Where each page began, the first one at null. */
  const [begins, setBegins] = useState<readonly (number | null)[]>([null])
  const [making, setMaking] = useState(false)
  const view = useCentreAsked('report.list', { before: begins.at(-1) ?? null, due: false })
  const job = useAsked('report.job', {})
  const state = job.value?.state.type
  const again = useRef({ register: view.reload, job: job.reload })
  again.current = { register: view.reload, job: job.reload }
  useEffect(() => {
    if (state === undefined) return
    again.current.register() // its line is new there, or says how it ended
    if (state !== 'running') return
    const timer = setInterval(() => again.current.job(), LOOK_MS)
    return () => clearInterval(timer)
  }, [state])
  useKeys('here', [{ keys: 'F2', label: t('new'), run: () => setMaking(true), hint: true }])
  return (
    <CentreScreen
      title={t('title')}
      note={t('note')}
      view={view}
      actions={
        <Button kind="primary" icon="plus" onClick={() => setMaking(true)} disabled={state === 'running'}>
          {t('new')}
        </Button>
      }
    >
      {({ reports, next }) => (
        <>
          {job.value && <JobCard job={job.value} />}
          {reports.length === 0 ? (
            <EmptyState icon="list" title={t('empty.title')}>
              {t('empty.text')}
            </EmptyState>
          ) : (
            <Register
              reports={reports}
              onChanged={view.reload}
              back={begins.length > 1 ? () => setBegins(begins.slice(0, -1)) : null}
              on={next === null ? null : () => setBegins([...begins, next])}
            />
          )}
          {making && (
            <NewReportDialog
              onClose={() => setMaking(false)}
              onBegun={() => {
                setMaking(false)
                job.reload()
              }}
            />
          )}
        </>
      )}
    </CentreScreen>
  )
}

interface RegisterProps {
  reports: readonly ReportEntry[]
  onChanged: () => void
  back: (() => void) | null
  on: (() => void) | null
}

function Register({ reports, onChanged, back, on }: RegisterProps) {
  const { t } = useTranslation('reports')
  const columns = useReportColumns()
  const [chosenId, setChosenId] = useState<string | null>(null)
  const chosen = reports.find(({ id }) => id === chosenId) ?? reports[0]
  return (
    <div className="office-columns report-register">
      <div className="card office-card">
        <RecordTable
          label={t('title')}
          columns={columns}
          rows={reports}
          idOf={({ id }) => id}
          selectedId={chosen?.id ?? null}
          onSelect={setChosenId}
        />
        <nav className="paging" aria-label={t('page.label')}>
          <span className="paging__range">{t('page.count', { n: formatCount(reports.length) })}</span>
          <IconButton icon="left" label={t('page.newer')} disabled={back === null} onClick={() => back?.()} />
          <IconButton icon="right" label={t('page.older')} disabled={on === null} onClick={() => on?.()} />
        </nav>
      </div>
      {chosen && <ReportPane key={chosen.id} report={chosen} onChanged={onChanged} />}
    </div>
  )
}
