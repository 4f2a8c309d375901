import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Banner } from '../../design-system/states.tsx'
import { TextField } from '../../design-system/text-field.tsx'
import { formatCount } from '../../i18n/format.ts'
import { useOfficeAct } from '../../office/use-office.ts'
import { Consequences } from './consequences.tsx'
import { DeviceActDialog, type DeviceDialogProps } from './device-act-dialog.tsx'

/** 원격 삭제: cannot be undone, so the PC's name has to be typed. */
export function WipeDialog({ device, ...on }: DeviceDialogProps) {
  const { t } = useTranslation('office')
  const act = useOfficeAct()
  const [typed, setTyped] = useState('')
  const [tried, setTried] = useState(false)
  const isSame = typed.normalize('NFC').trim() === device.name.normalize('NFC').trim()
  const wipe = () => {
    setTried(true)
    return isSame ? act('office.wipeDevice', { deviceId: device.id }, t('wipe.orderedToast', device)) : null
  }
  return (
    <DeviceActDialog
      {...on}
      title={t('wipe.title', { name: device.name })}
      button={{ kind: 'destroy', icon: 'erase', words: t('wipe.order') }}
      act={wipe}
    >
      <Banner tone="bad" icon="warning">
        <strong>{t('wipe.final')}</strong>{' '}
        {device.waiting !== null && device.waiting > 0
          ? t('wipe.unsent', { n: formatCount(device.waiting) })
          : t('wipe.nothingUnsent')}
      </Banner>
      <Consequences
        happens={[t('wipe.happens.seals'), t('wipe.happens.deletes'), t('wipe.happens.again')]}
        stays={[t('wipe.stays.centre'), t('wipe.stays.off')]}
      />
      <TextField
        label={t('wipe.typeName', { name: device.name })}
        error={tried && !isSame && t('wipe.nameDiffers')}
        value={typed}
        onChange={setTyped}
        maxLength={100}
      />
    </DeviceActDialog>
  )
}
