import { useTranslation } from 'react-i18next'
import { daysBetween } from '#shared/domain/calendar/day.ts'
import './due-left.css'

export type DueUrgency = 'over' | 'near' | 'far'

const NEAR_DAYS = 3

export const dueUrgency = (dueOn: string, today: string): DueUrgency => {
  const left = daysBetween(today, dueOn)
  if (left < 0) return 'over'
  return left <= NEAR_DAYS ? 'near' : 'far'
}

/** `D-2`, `오늘`, `2일 지남`. */
export function DueLeft({ dueOn, today }: { dueOn: string; today: string }) {
  const { t } = useTranslation('common')
  const left = daysBetween(today, dueOn)
  const words = left < 0 ? t('daysOver', { n: -left }) : left === 0 ? t('dayToday') : t('dayLeft', { n: left })
  return <span className={`due-left due-left--${dueUrgency(dueOn, today)}`}>{words}</span>
}
