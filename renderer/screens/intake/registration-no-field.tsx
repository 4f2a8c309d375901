import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { maskRrn } from '#shared/domain/case/masking.ts'
import { formatRrn, parseRrn } from '#shared/domain/case/rrn.ts'
import { DigitsField } from '../../design-system/digits-field.tsx'
import { formatDay } from '../../i18n/format.ts'

interface RegistrationNoFieldProps {
  label: ReactNode
  value: string
  onChange: (digits: string) => void
  error?: string | undefined
  required?: boolean
  /** Leaves out what the number tells, where other fields show it. */
  terse?: boolean
}

/** Numbers given from this day on end in random digits, so that nothing can be said about their last one. */
const RANDOM_SINCE = '2020-10-01'
const LENGTH = 13

/** 주민등록번호 or 외국인등록번호: hidden once it is left, with what it tells: birth date, sex, foreigner. */
export function RegistrationNoField({ value, terse = false, error, ...texts }: RegistrationNoFieldProps) {
  const { t } = useTranslation(['intake', 'common'])
  const told = useTold(value, terse)
  return (
    <DigitsField
      {...texts}
      {...(error ? { error } : told)}
      requiredText={t('common:required')}
      value={value}
      maxDigits={LENGTH}
      format={formatRrn}
      mask={(digits) => (digits.length === LENGTH ? maskRrn(digits) : formatRrn(digits))}
      placeholder="000000-0000000"
    />
  )
}

/** What the number says by itself, and whether to look at it twice. */
function useTold(value: string, terse: boolean): { hint?: string; warning?: string } {
  const { t } = useTranslation(['intake', 'domain'])
  const parsed = parseRrn(value)
  if (!parsed.ok) return {}
  const { birthDate, sex, kind, checkDigit } = parsed.value
  const doubtful = checkDigit === 'misfits' && birthDate < RANDOM_SINCE
  const hint = [formatDay(birthDate), t(`domain:sex.${sex}`), t(`intake:rrn.${kind}`)].join(' · ')
  return {
    ...(terse && kind === 'resident' ? {} : { hint: terse ? t('intake:rrn.foreigner') : hint }),
    ...(doubtful && { warning: t('intake:rrn.checkDigit') })
  }
}
