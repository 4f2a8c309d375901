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

/** How long there is until a day: the key of its words, the days that they count, and how much it presses. */
export interface DueDistance {
  readonly key: 'daysOver' | 'dayToday' | 'dayLeft'
  readonly n: number
  readonly urgency: DueUrgency
}

export function dueDistance(dueOn: string, today: string): DueDistance {
  const left = daysBetween(today, dueOn)
  const key = left < 0 ? 'daysOver' : left === 0 ? 'dayToday' : 'dayLeft'
  return { key, n: Math.abs(left), urgency: dueUrgency(dueOn, today) }
}

/** `D-2`, `오늘`, `2일 지남`. */
export function DueLeft({ dueOn, today }: { dueOn: string; today: string }) {
  const { t } = useTranslation('common')
  const { key, n, urgency } = dueDistance(dueOn, today)
  return <DueText words={t(key, { n })} urgency={urgency} />
}

export function DueText({ words, urgency }: { words: string; urgency: DueUrgency }) {
  return <span className={`due-left due-left--${urgency}`}>{words}</span>
}
