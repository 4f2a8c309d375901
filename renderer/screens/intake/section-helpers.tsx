import { useTranslation } from 'react-i18next'
import { HELPER_RELATIONS } from '#shared/domain/case/case.ts'
import { FormField } from './form-field.tsx'
import { pasteRows, setHelper } from './intake-edits.ts'
import { emptyHelper, type HelperForm } from './intake-form.ts'
import { IntakeSection } from './intake-section.tsx'
import { editIntake, useIntake } from './intake-state.ts'
import type { PastedPerson } from './pasted-rows.ts'
import { ChoiceField, NameField, NumberOfPerson } from './people-fields.tsx'
import { PeopleList } from './people-list.tsx'
import { PhoneField } from './section-applicant.tsx'
import { serviceNeeds } from './service-needs.ts'

const NO_ROWS: readonly HelperForm[] = []

/** Who looks after the child. Only for the services that know such a person. */
export function SectionHelpers() {
  const { t } = useTranslation(['intake', 'domain'])
  const rows = useIntake(({ form }) => form?.helpers ?? NO_ROWS)
  const service = useIntake(({ form }) => form?.service ?? '')
  const choices = HELPER_RELATIONS.map((value) => ({ value, label: t(`domain:helperRelation.${value}`) }))
  const toRow = ({ name, registrationNo, phone, other }: PastedPerson, key: number): HelperForm => ({
    ...emptyHelper(key),
    name,
    registrationNo,
    phone,
    relation: choices.find(({ label }) => other.includes(label))?.value ?? ''
  })
  return (
    <IntakeSection section="helpers">
      {serviceNeeds(service).helper ? (
        <PeopleList
          list="helpers"
          rows={rows}
          empty={t('intake:people.empty.helpers')}
          onPaste={(atKey, people) => editIntake(pasteRows('helpers', atKey, { people, toRow }))}
          fields={(row) => <HelperFields row={row} choices={choices} />}
        />
      ) : (
        <p className="faint">{t(service === '' ? 'intake:helper.chooseService' : 'intake:helper.notNeeded')}</p>
      )}
    </IntakeSection>
  )
}

interface HelperFieldsProps {
  row: HelperForm
  choices: { value: (typeof HELPER_RELATIONS)[number]; label: string }[]
}

function HelperFields({ row, choices }: HelperFieldsProps) {
  const { t } = useTranslation(['intake', 'domain'])
  const path = `helpers.${row.key}`
  const set = (part: Partial<HelperForm>): void => editIntake(setHelper(row.key, part))
  return (
    <>
      <NameField path={path} value={row.name} onChange={(name) => set({ name })} />
      <NumberOfPerson
        path={path}
        value={row.registrationNo}
        onChange={(registrationNo) => set({ registrationNo })}
        required
      />
      <FormField path={`${path}.phone`}>
        {(error) => (
          <PhoneField
            label={t('domain:field.applicant.phone')}
            error={error}
            value={row.phone}
            onChange={(phone) => set({ phone })}
            required
          />
        )}
      </FormField>
      <ChoiceField
        path={`${path}.relation`}
        label={t('intake:people.relationToChild')}
        choices={choices}
        value={row.relation}
        onChange={(relation) => set({ relation })}
      />
    </>
  )
}
