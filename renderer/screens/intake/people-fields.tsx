import { useTranslation } from 'react-i18next'
import { parseRrn } from '#shared/domain/case/rrn.ts'
import { DateField } from '../../design-system/date-field.tsx'
import { type Choice, Select } from '../../design-system/select.tsx'
import { TextField } from '../../design-system/text-field.tsx'
import { formatDay } from '../../i18n/format.ts'
import { useToday } from '../../view-state/clock.ts'
import { FormField } from './form-field.tsx'
import { RegistrationNoField } from './registration-no-field.tsx'

/** The fields that people of every kind have. `path` is that of the person. */

interface PersonFieldProps {
  path: string
  value: string
  onChange: (text: string) => void
}

export function NameField({ path, value, onChange }: PersonFieldProps) {
  const { t } = useTranslation(['intake', 'common'])
  return (
    <FormField path={`${path}.name`}>
      {(error) => (
        <TextField
          required
          requiredText={t('common:required')}
          label={t('intake:people.name')}
          error={error}
          maxLength={60}
          value={value}
          onChange={onChange}
        />
      )}
    </FormField>
  )
}

export function NumberOfPerson({ path, value, onChange, required = false }: PersonFieldProps & { required?: boolean }) {
  const { t } = useTranslation('intake')
  return (
    <FormField path={`${path}.registrationNo`}>
      {(error) => (
        <RegistrationNoField
          label={t('rrn.short')}
          error={error}
          value={value}
          onChange={onChange}
          required={required}
          terse={!required}
        />
      )}
    </FormField>
  )
}

/** Given by the registration number where there is one. */
export function BirthField({ path, value, onChange }: PersonFieldProps) {
  const { t } = useTranslation(['intake', 'common'])
  const today = useToday()
  return (
    <FormField path={`${path}.birthDate`}>
      {(error) => (
        <DateField
          required
          requiredText={t('common:required')}
          label={t('intake:people.birthDate')}
          error={error}
          value={value}
          onChange={onChange}
          format={formatDay}
          today={today}
          unreadable={t('intake:people.dayUnreadable')}
        />
      )}
    </FormField>
  )
}

interface ChoiceFieldProps<V extends string> {
  path: string
  label: string
  choices: readonly Choice<V>[]
  value: V | ''
  onChange: (value: V) => void
  disabled?: boolean
}

export function ChoiceField<V extends string>({ path, label, disabled = false, ...rest }: ChoiceFieldProps<V>) {
  const { t } = useTranslation('common')
  return (
    <FormField path={path}>
      {(error) => (
        <Select
          {...rest}
          required
          requiredText={t('required')}
          label={label}
          error={error}
          placeholder={t('choose')}
          disabled={disabled}
        />
      )}
    </FormField>
  )
}

export const tellsBirth = (registrationNo: string): boolean => parseRrn(registrationNo).ok
