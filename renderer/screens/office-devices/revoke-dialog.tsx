import { useTranslation } from 'react-i18next'
import { useOfficeAct } from '../../office/use-office.ts'
import { Consequences } from './consequences.tsx'
import { DeviceActDialog, type DeviceDialogProps } from './device-act-dialog.tsx'

/** 사용 중지: the PC is shut out; nothing on it is deleted. */
export function RevokeDialog({ device, ...on }: DeviceDialogProps) {
  const { t } = useTranslation('office')
  const act = useOfficeAct()
  return (
    <DeviceActDialog
      {...on}
      title={t('revoke.title', { name: device.name })}
      button={{ kind: 'warn', icon: 'lock', words: t('revoke.do') }}
      act={() => act('office.revokeDevice', { deviceId: device.id }, t('revoke.done', device))}
    >
      <p>{t('revoke.when')}</p>
      <Consequences
        happens={[t('revoke.happens.out'), t('revoke.happens.locks')]}
        stays={[t('revoke.stays.data'), t('revoke.stays.unsent')]}
      />
    </DeviceActDialog>
  )
}
