import { useTranslation } from 'react-i18next'
import { HOUSEHOLD_RELATIONS } from '#shared/domain/case/case.ts'
import { Button } from '../../design-system/button.tsx'
import { addChildrenToHousehold, pasteRows, setMember } from './intake-edits.ts'
import { emptyMember, type MemberForm } from './intake-form.ts'
import { IntakeSection } from './intake-section.tsx'
import { editIntake, useIntake } from './intake-state.ts'
import type { PastedPerson } from './pasted-rows.ts'
import { BirthField, ChoiceField, NameField, NumberOfPerson } from './people-fields.tsx'
import { PeopleList } from './people-list.tsx'

const NO_ROWS: readonly MemberForm[] = []

/** Who lives with the applicant. */
export function SectionHousehold() {
  const { t } = useTranslation(['intake', 'domain'])
  const rows = useIntake(({ form }) => form?.household ?? NO_ROWS)
  const hasChildren = useIntake(({ form }) => form?.children.some(({ name }) => name.trim() !== '') ?? false)
  const choices = HOUSEHOLD_RELATIONS.map((value) => ({ value, label: t(`domain:householdRelation.${value}`) }))
  const toRow = ({ name, registrationNo, birthDate, other }: PastedPerson, key: number): MemberForm => ({
    ...emptyMember(key),
    name,
    registrationNo,
    birthDate,
    relation: choices.find(({ label }) => other.includes(label))?.value ?? ''
  })
  return (
    <IntakeSection section="household" note={t('intake:people.householdNote')}>
      <PeopleList
        list="household"
        rows={rows}
        empty={t('intake:people.empty.household')}
        onPaste={(atKey, people) => editIntake(pasteRows('household', atKey, { people, toRow }))}
        fields={(row) => <MemberFields row={row} choices={choices} />}
        actions={
          hasChildren && (
            <Button size="small" onClick={() => editIntake(addChildrenToHousehold)}>
              {t('intake:people.addChildren')}
            </Button>
          )
        }
      />
    </IntakeSection>
  )
}

interface MemberFieldsProps {
  row: MemberForm
  choices: { value: (typeof HOUSEHOLD_RELATIONS)[number]; label: string }[]
}

function MemberFields({ row, choices }: MemberFieldsProps) {
  const { t } = useTranslation('intake')
  const path = `household.${row.key}`
  const set = (part: Partial<MemberForm>): void => editIntake(setMember(row.key, part))
  return (
    <>
      <NameField path={path} value={row.name} onChange={(name) => set({ name })} />
      <NumberOfPerson path={path} value={row.registrationNo} onChange={(registrationNo) => set({ registrationNo })} />
      <BirthField path={path} value={row.birthDate} onChange={(birthDate) => set({ birthDate })} />
      <ChoiceField
        path={`${path}.relation`}
        label={t('people.relationToApplicant')}
        choices={choices}
        value={row.relation}
        onChange={(relation) => set({ relation })}
      />
    </>
  )
}
