import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OpenCopy } from '#shared/ipc/office-views.ts'
import { ReasonDialog } from '../../case-display/reason-dialog.tsx'
import { EmptyState } from '../../design-system/states.tsx'
import { formatCount } from '../../i18n/format.ts'
import { OfficeScreen } from '../../office/office-screen.tsx'
import { RecordTable } from '../../office/record-table.tsx'
import { useOffice, useOfficeAct } from '../../office/use-office.ts'
import { useCopyColumns } from './use-copy-columns.tsx'
import { useCopyName } from './use-copy-name.ts'

/** 파기 사본: where something may still lie of what is destroyed at the centre. What is lost is written off here. */
export function CopiesScreen() {
  const { t } = useTranslation('office')
  const view = useOffice('office.openCopies')
  return (
    <OfficeScreen
      title={t('copies.title')}
      note={view.value && t('copies.count', { n: formatCount(view.value.length) })}
      view={view}
    >
      {(copies) =>
        copies.length === 0 ? (
          <EmptyState icon="check" title={t('copies.empty.title')}>
            {t('copies.empty.text')}
          </EmptyState>
        ) : (
          <Copies copies={copies} onChanged={view.reload} />
        )
      }
    </OfficeScreen>
  )
}

function Copies({ copies, onChanged }: { copies: readonly OpenCopy[]; onChanged: () => void }) {
  const { t } = useTranslation('office')
  const [lost, setLost] = useState<OpenCopy | null>(null)
  const columns = useCopyColumns(setLost)
  return (
    <>
      <div className="card office-card">
        <RecordTable
          label={t('copies.title')}
          columns={columns}
          rows={copies}
          idOf={({ batchId, place, ref }) => `${batchId} ${place} ${ref}`}
        />
      </div>
      {lost && <WriteOffDialog copy={lost} onClose={() => setLost(null)} onDone={onChanged} />}
    </>
  )
}

const SHORTEST_REASON = 5

function WriteOffDialog({ copy, onClose, onDone }: { copy: OpenCopy; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation('office')
  const act = useOfficeAct()
  const copyName = useCopyName()
  const writeOff = async (reason: string): Promise<string | null> => {
    const { batchId, place, ref } = copy
    const reply = await act('office.writeOffCopy', { batchId, place, ref, reason }, t('copies.writtenOff'))
    onDone()
    if (reply.ok) onClose()
    return null
  }
  return (
    <ReasonDialog
      title={t('copies.writeOffTitle', { name: copyName(copy) })}
      hint={t('copies.reasonHint')}
      missing={t('copies.reasonMissing')}
      submit={t('copies.writeOff')}
      submitKind="danger"
      shortest={SHORTEST_REASON}
      onReason={writeOff}
      onClose={onClose}
    >
      {t('copies.writeOffText')}
    </ReasonDialog>
  )
}
