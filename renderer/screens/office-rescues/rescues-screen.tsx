import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MOST_CAPSULE_BYTES } from '#shared/domain/administration/rescue-entry.ts'
import type { RescueEntry } from '#shared/ipc/office-views.ts'
import { Button } from '../../design-system/button.tsx'
import { EmptyState } from '../../design-system/states.tsx'
import { toast } from '../../design-system/toast.tsx'
import { formatBytes, formatCount } from '../../i18n/format.ts'
import { useWorkWords } from '../../i18n/use-work-words.ts'
import { OfficeScreen } from '../../office/office-screen.tsx'
import { RecordTable } from '../../office/record-table.tsx'
import { useOffice, useOfficeAct } from '../../office/use-office.ts'
import { useKeys } from '../../view-state/keymap.ts'
import { ReleaseDialog } from './release-dialog.tsx'
import { useRescueColumns } from './use-rescue-columns.tsx'

/** 구조: capsules of unsent work that came to the centre, in counts, and the way in for one that lies in a file. */
export function RescuesScreen() {
  const { t } = useTranslation('office')
  const view = useOffice('office.rescues')
  const { input, choose, bring, busy } = useCapsuleFile(view.reload)
  useKeys('here', [{ keys: 'F2', label: t('rescues.bring'), run: choose, hint: true }])
  return (
    <OfficeScreen
      title={t('rescues.title')}
      note={view.value && t('rescues.count', { n: formatCount(view.value.length) })}
      view={view}
      actions={
        <>
          <input
            ref={input}
            type="file"
            accept=".capsule,.documents"
            className="visually-hidden"
            tabIndex={-1}
            aria-hidden="true"
            onChange={(event) => void bring(event.target.files?.[0])}
          />
          <Button kind="primary" icon="rescue" kbd="F2" busy={busy} onClick={choose}>
            {t('rescues.bring')}
          </Button>
        </>
      }
    >
      {(rescues) =>
        rescues.length === 0 ? (
          <EmptyState icon="rescue" title={t('rescues.empty.title')}>
            {t('rescues.empty.text')}
          </EmptyState>
        ) : (
          <Rescues rescues={rescues} onChanged={view.reload} />
        )
      }
    </OfficeScreen>
  )
}

function Rescues({ rescues, onChanged }: { rescues: readonly RescueEntry[]; onChanged: () => void }) {
  const { t } = useTranslation('office')
  const [releasing, setReleasing] = useState<RescueEntry | null>(null)
  const columns = useRescueColumns(setReleasing)
  return (
    <>
      <div className="card office-card">
        <RecordTable label={t('rescues.title')} columns={columns} rows={rescues} idOf={({ id }) => id} />
      </div>
      {releasing && (
        <ReleaseDialog
          rescue={releasing}
          together={rescues.filter((one) => goesTogether(one, releasing))}
          onClose={() => setReleasing(null)}
          onDone={onChanged}
        />
      )}
    </>
  )
}

/** The centre releases what else of the PC is held back: its documents belong to cases that its changes may bring. */
const goesTogether = (one: RescueEntry, released: RescueEntry): boolean =>
  one.id === released.id || (one.deviceId === released.deviceId && one.state === 'parked' && one.parkedFor !== 'chunks')

/** A capsule is sealed: the window hands its bytes over without being able to read them. */
function useCapsuleFile(onBrought: () => void) {
  const { t } = useTranslation('office')
  const act = useOfficeAct()
  const workWords = useWorkWords()
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const bring = async (file: File | undefined): Promise<void> => {
    if (input.current) input.current.value = ''
    if (!file) return
    if (file.size > MOST_CAPSULE_BYTES) {
      return toast(t('rescues.tooLarge', { most: formatBytes(MOST_CAPSULE_BYTES) }), 'bad')
    }
    setBusy(true)
    const bytes = new Uint8Array(await file.arrayBuffer())
    const reply = await act('office.bringCapsule', { bytes })
    setBusy(false)
    if (!reply.ok) return
    const { state, parkedFor, commands, documents } = reply.value
    const fate = state !== 'parked' ? 'applied' : parkedFor === 'chunks' ? 'receiving' : 'parked'
    toast(t(`rescues.brought.${fate}`, { work: workWords({ commands, documents }) }))
    onBrought()
  }
  return { input, bring, busy, choose: () => input.current?.click() }
}
