import { useTranslation } from 'react-i18next'
import { useToday } from '../view-state/clock.ts'
import { ageInMonths } from './child-age.ts'

const MONTHS_SHOWN_UNTIL = 36

/** The age today in words: months for the small, years from then on. */
export function useChildAge(): (birthDate: string) => string {
  const { t } = useTranslation('common')
  const today = useToday()
  return (birthDate) => {
    const months = ageInMonths(birthDate, today)
    return months <= MONTHS_SHOWN_UNTIL ? t('months', { n: months }) : t('years', { n: Math.floor(months / 12) })
  }
}
