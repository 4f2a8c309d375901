import { useTranslation } from 'react-i18next'
import { MOST_IDLE_MINUTES } from '#shared/ipc/limits.ts'
import { Select } from '../../design-system/select.tsx'

/** Ten minutes is what the office allows; less is everybody's own choice. */
const CHOICES = [1, 3, 5, MOST_IDLE_MINUTES]

interface LockMinutesProps {
  minutes: number
  onChange: (minutes: number) => void
}

export function LockMinutes({ minutes, onChange }: LockMinutesProps) {
  const { t } = useTranslation('settings')
  const offered = CHOICES.includes(minutes) ? CHOICES : [...CHOICES, minutes].sort((one, other) => one - other)
  return (
    <div className="settings__narrow">
      <Select
        label={t('lock.after')}
        hint={t('lock.hint', { n: MOST_IDLE_MINUTES })}
        choices={offered.map((n) => ({ value: String(n), label: t('lock.minutes', { n }) }))}
        value={String(minutes)}
        onChange={(value) => onChange(Number(value))}
      />
    </div>
  )
}
