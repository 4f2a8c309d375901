import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { TextField } from '../../design-system/text-field.tsx'

interface EnrolmentCodeFieldProps {
  code: string
  onChange: (code: string) => void
  isMissing: boolean
  /** How often the centre has asked: it takes the cursor each time. */
  asked: number
}

/** Asked for only when the centre does not know the PC. */
export function EnrolmentCodeField({ code, onChange, isMissing, asked }: EnrolmentCodeFieldProps) {
  const { t } = useTranslation('lock')
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (asked > 0) field.current?.focus()
  }, [asked])
  return (
    <TextField
      ref={field}
      label={t('code.label')}
      hint={t('code.hint')}
      error={isMissing && t('code.missing')}
      name="enrolmentCode"
      maxLength={20}
      value={code}
      onChange={(typed) => onChange(typed.toUpperCase())}
    />
  )
}
