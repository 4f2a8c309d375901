import { useTranslation } from 'react-i18next'
import type { DeviceEntry } from '#shared/ipc/office-views.ts'
import { type Step, Steps } from '../../design-system/steps.tsx'
import { formatInstant } from '../../i18n/format.ts'

/** 원격 삭제 from the order to the PC's own word that it is done. */
export function WipeProgress({ device }: { device: DeviceEntry }) {
  const { t } = useTranslation('office')
  const isDone = device.wipedAt !== null
  const steps: Step[] = [
    {
      key: 'ordered',
      label: t('wipe.ordered'),
      stage: 'done',
      ...(device.wipeOrderedAt !== null && { note: formatInstant(device.wipeOrderedAt) })
    },
    { key: 'contact', label: t('wipe.contact'), stage: isDone ? 'done' : 'now' },
    {
      key: 'done',
      label: t('wipe.done'),
      stage: isDone ? 'done' : 'ahead',
      ...(device.wipedAt !== null && { note: formatInstant(device.wipedAt) })
    }
  ]
  return (
    <div className="card__body wipe-progress">
      <Steps label={t('wipe.progress')} steps={steps} />
      <p className="faint">{t(isDone ? 'wipe.doneNote' : 'wipe.waitingNote')}</p>
    </div>
  )
}
