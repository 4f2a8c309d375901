import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RestoreGate } from '#shared/ipc/office-views.ts'
import { Button } from '../../design-system/button.tsx'
import { ProgressBar } from '../../design-system/progress-bar.tsx'
import { Banner, EmptyState } from '../../design-system/states.tsx'
import { formatCount, formatInstant } from '../../i18n/format.ts'
import { Figure, Figures, OfficeScreen } from '../../office/office-screen.tsx'
import { RecordTable } from '../../office/record-table.tsx'
import { useOffice } from '../../office/use-office.ts'
import { gateProgress } from './gate-progress.ts'
import { OpenGateDialog } from './open-gate-dialog.tsx'
import './gate-screen.css'
import { useReporterColumns } from './use-reporter-columns.tsx'

/** 복구 관문: whether the centre serves, or takes back from the PCs what a restored backup lacks. */
export function GateScreen() {
  const { t } = useTranslation('office')
  const view = useOffice('office.restoreGate')
  const [opening, setOpening] = useState(false)
  return (
    <OfficeScreen
      title={t('gate.title')}
      note={view.value && t(`gate.state.${view.value.state}`)}
      view={view}
      actions={
        view.value?.state === 'closed' && (
          <Button kind="danger" icon="gate" onClick={() => setOpening(true)}>
            {t('gate.openAnyway')}
          </Button>
        )
      }
    >
      {(gate) => (
        <>
          {gate.state === 'open' ? <OpenGate gate={gate} /> : <ClosedGate gate={gate} />}
          {opening && gate.state === 'closed' && (
            <OpenGateDialog gate={gate} onClose={() => setOpening(false)} onDone={view.reload} />
          )}
        </>
      )}
    </OfficeScreen>
  )
}

function OpenGate({ gate }: { gate: RestoreGate }) {
  const { t } = useTranslation('office')
  return (
    <>
      <Banner tone="ok" icon="check">
        {gate.since === null ? t('gate.neverClosed') : t('gate.openSince', { since: formatInstant(gate.since) })}
        {gate.openedReason !== null && ` ${t('gate.openedBecause', { reason: gate.openedReason })}`}
      </Banner>
      {gate.since === null ? (
        <EmptyState icon="gate" title={t('gate.empty.title')}>
          {t('gate.empty.text')}
        </EmptyState>
      ) : (
        <GateBody gate={gate} />
      )}
    </>
  )
}

function ClosedGate({ gate }: { gate: RestoreGate }) {
  const { t } = useTranslation('office')
  const { done, of } = gateProgress(gate)
  return (
    <>
      <Banner tone="bad" icon="warning">
        <strong>{t('gate.closedSince', { since: gate.since === null ? '—' : formatInstant(gate.since) })}</strong>{' '}
        {t('gate.closedText')}
      </Banner>
      <div className="card gate-progress">
        <ProgressBar
          label={t('gate.progress')}
          done={done}
          of={of}
          words={t('gate.reportedOf', { done: formatCount(done), of: formatCount(of) })}
          aside={t('gate.everywhere', { done: formatCount(gate.reported), of: formatCount(gate.expected) })}
        />
      </div>
      <GateBody gate={gate} />
    </>
  )
}

function GateBody({ gate }: { gate: RestoreGate }) {
  const { t } = useTranslation('office')
  const columns = useReporterColumns()
  const missingFirst = gate.devices.toSorted(
    (one, other) => Number(one.reportedAt !== null) - Number(other.reportedAt !== null)
  )
  const { behind, takenBack } = gate
  return (
    <>
      <Figures>
        <Figure value={behind === null ? '—' : formatCount(behind.changes)} label={t('gate.figure.changes')} />
        <Figure value={behind === null ? '—' : formatCount(behind.commands)} label={t('gate.figure.commands')} />
        <TakenBack count={takenBack.cases} label={t('gate.figure.casesBack')} />
        <TakenBack count={takenBack.commands} label={t('gate.figure.commandsBack')} />
        <Figure value={formatCount(takenBack.buriedAgain)} label={t('gate.figure.buriedAgain')} />
      </Figures>
      <div className="card office-card">
        {missingFirst.length === 0 ? (
          <EmptyState icon="pc" title={t('gate.noDevices')} />
        ) : (
          <RecordTable label={t('gate.devices')} columns={columns} rows={missingFirst} idOf={({ id }) => id} />
        )}
      </div>
    </>
  )
}

const TakenBack = ({ count, label }: { count: number; label: string }) => (
  <Figure value={formatCount(count)} label={label} tone={count > 0 ? 'ok' : undefined} />
)
