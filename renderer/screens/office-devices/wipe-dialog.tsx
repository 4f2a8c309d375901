import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../design-system/button.tsx'
import { Dialog } from '../../design-system/dialog.tsx'
import { Banner } from '../../design-system/states.tsx'
import { TextField } from '../../design-system/text-field.tsx'
import { formatCount } from '../../i18n/format.ts'
import { useOfficeAct } from '../../office/use-office.ts'
import { Consequences } from './consequences.tsx'
import type { DeviceDialogProps } from './revoke-dialog.tsx'

/** 원격 삭제: cannot be undone, so the PC's name has to be typed. */
export function WipeDialog({ device, onClose, onDone }: DeviceDialogProps) {
  const { t } = useTranslation(['office', 'common'])
  const act = useOfficeAct()
  const [typed, setTyped] = useState('')
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const isSame = typed.normalize('NFC').trim() === device.name.normalize('NFC').trim()
  const wipe = async (): Promise<void> => {
    setTried(true)
    if (!isSame || busy) return
    setBusy(true)
    const reply = await act('office.wipeDevice', { deviceId: device.id }, t('office:wipe.orderedToast', device))
    setBusy(false)
    if (!reply.ok) return
    onDone()
    onClose()
  }
  return (
    <Dialog
      title={t('office:wipe.title', { name: device.name })}
      size="large"
      onClose={onClose}
      closeLabel={t('common:close')}
      onSubmit={() => void wipe()}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="destroy" type="submit" icon="erase" busy={busy}>
            {t('office:wipe.order')}
          </Button>
        </>
      }
    >
      <Banner tone="bad" icon="warning">
        <strong>{t('office:wipe.final')}</strong>{' '}
        {device.waiting !== null && device.waiting > 0
          ? t('office:wipe.unsent', { n: formatCount(device.waiting) })
          : t('office:wipe.nothingUnsent')}
      </Banner>
      <Consequences
        happens={[t('office:wipe.happens.seals'), t('office:wipe.happens.deletes'), t('office:wipe.happens.again')]}
        stays={[t('office:wipe.stays.centre'), t('office:wipe.stays.off')]}
      />
      <TextField
        label={t('office:wipe.typeName', { name: device.name })}
        error={tried && !isSame && t('office:wipe.nameDiffers')}
        value={typed}
        onChange={setTyped}
        maxLength={100}
      />
    </Dialog>
  )
}
