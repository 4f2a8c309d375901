import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeviceEntry } from '#shared/ipc/office-views.ts'
import { Button } from '../../design-system/button.tsx'
import { Dialog } from '../../design-system/dialog.tsx'
import { useOfficeAct } from '../../office/use-office.ts'
import { Consequences } from './consequences.tsx'

export interface DeviceDialogProps {
  device: DeviceEntry
  onClose: () => void
  onDone: () => void
}

/** 사용 중지: the PC is shut out; nothing on it is deleted. */
export function RevokeDialog({ device, onClose, onDone }: DeviceDialogProps) {
  const { t } = useTranslation(['office', 'common'])
  const act = useOfficeAct()
  const [busy, setBusy] = useState(false)
  const revoke = async (): Promise<void> => {
    setBusy(true)
    const reply = await act('office.revokeDevice', { deviceId: device.id }, t('office:revoke.done', device))
    setBusy(false)
    if (!reply.ok) return
    onDone()
    onClose()
  }
  return (
    <Dialog
      title={t('office:revoke.title', { name: device.name })}
      size="large"
      onClose={onClose}
      closeLabel={t('common:close')}
      onSubmit={() => void revoke()}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="warn" type="submit" icon="lock" busy={busy}>
            {t('office:revoke.do')}
          </Button>
        </>
      }
    >
      <p>{t('office:revoke.when')}</p>
      <Consequences
        happens={[t('office:revoke.happens.out'), t('office:revoke.happens.locks')]}
        stays={[t('office:revoke.stays.data'), t('office:revoke.stays.unsent')]}
      />
    </Dialog>
  )
}
