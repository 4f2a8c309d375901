import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RescueEntry } from '#shared/ipc/office-views.ts'
import { Button } from '../../design-system/button.tsx'
import { Dialog } from '../../design-system/dialog.tsx'
import { formatCount } from '../../i18n/format.ts'
import { useOfficeAct } from '../../office/use-office.ts'

interface ReleaseDialogProps {
  rescue: RescueEntry
  onClose: () => void
  onDone: () => void
}

/** The work of a PC that was shut out goes in only when somebody has looked at where the PC was. */
export function ReleaseDialog({ rescue, onClose, onDone }: ReleaseDialogProps) {
  const { t } = useTranslation(['office', 'common'])
  const act = useOfficeAct()
  const [busy, setBusy] = useState(false)
  const release = async (): Promise<void> => {
    setBusy(true)
    const reply = await act('office.releaseRescue', { rescueId: rescue.id }, t('office:rescues.released'))
    setBusy(false)
    if (!reply.ok) return
    onDone()
    onClose()
  }
  return (
    <Dialog
      title={t('office:rescues.releaseTitle', { name: rescue.deviceName, n: formatCount(rescue.commands) })}
      onClose={onClose}
      closeLabel={t('common:close')}
      onSubmit={() => void release()}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t('office:rescues.release')}
          </Button>
        </>
      }
    >
      <p>{t('office:rescues.releaseText')}</p>
      <p>{t('office:rescues.releaseCheck')}</p>
    </Dialog>
  )
}
