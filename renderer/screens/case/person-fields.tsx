import { useTranslation } from 'react-i18next'
import { HELPER_RELATIONS, HOUSEHOLD_RELATIONS } from '#shared/domain/case/case.ts'
import { parseRrn } from '#shared/domain/case/rrn.ts'
import { DateField } from '../../design-system/date-field.tsx'
import { Select } from '../../design-system/select.tsx'
import { TextField } from '../../design-system/text-field.tsx'
import { formatDay } from '../../i18n/format.ts'
import { useToday } from '../../view-state/clock.ts'
import { useProblemText } from './form-problem.ts'
import {
  needsRegistrationNo,
  PERSON_PLACES,
  type PeopleKind,
  type PersonForm,
  type PersonPlace,
  type PersonProblems
} from './people-form.ts'

interface PersonFieldsProps {
  readonly kind: PeopleKind
  readonly person: PersonForm
  readonly problems: PersonProblems
  readonly onChange: (part: Partial<PersonForm>) => void
}

/** The fields of one person, as the list asks for them. */
export function PersonFields(props: PersonFieldsProps) {
  return (
    <div className="field-row person-row__fields">
      {PERSON_PLACES[props.kind].map((place) => (
        <PersonField key={place} place={place} {...props} />
      ))}
    </div>
  )
}

function PersonField({ kind, place, person, problems, onChange }: PersonFieldsProps & { place: PersonPlace }) {
  const { t } = useTranslation(['case', 'domain', 'common'])
  const problemText = useProblemText()
  const today = useToday()
  const label = t(`case:family.${place}`)
  const error = problemText(problems[place])
  switch (place) {
    case 'name':
    case 'phone':
      return (
        <TextField
          {...{ label, error }}
          value={person[place]}
          onChange={(typed) => onChange({ [place]: typed })}
          maxLength={place === 'name' ? 60 : 20}
          required
          requiredText={t('common:required')}
        />
      )
    case 'registrationNo': {
      const parsed = parseRrn(person.registrationNo)
      return (
        <TextField
          {...{ label, error }}
          value={person.registrationNo}
          onChange={(registrationNo) => onChange({ registrationNo })}
          maxLength={14}
          inputMode="numeric"
          required={needsRegistrationNo(kind)}
          requiredText={t('common:required')}
          warning={parsed.ok && parsed.value.checkDigit === 'misfits' ? t('case:applicant.checkDigit') : null}
        />
      )
    }
    case 'birthDate':
      return (
        <DateField
          {...{ label, error, today }}
          value={person.birthDate}
          onChange={(birthDate) => onChange({ birthDate })}
          format={formatDay}
          unreadable={t('common:dayUnreadable')}
        />
      )
    case 'sex':
      return (
        <Select<'female' | 'male'>
          {...{ label, error }}
          choices={(['female', 'male'] as const).map((value) => ({ value, label: t(`domain:sex.${value}`) }))}
          value={person.sex}
          onChange={(sex) => onChange({ sex })}
          placeholder={t('common:choose')}
        />
      )
    case 'relation':
      return (
        <Select<string>
          {...{ label, error }}
          choices={
            kind === 'helpers'
              ? HELPER_RELATIONS.map((value) => ({ value, label: t(`domain:helperRelation.${value}`) }))
              : HOUSEHOLD_RELATIONS.map((value) => ({ value, label: t(`domain:householdRelation.${value}`) }))
          }
          value={person.relation}
          onChange={(relation) => onChange({ relation })}
          placeholder={t('common:choose')}
        />
      )
  }
}
