import { useTranslation } from 'react-i18next'
import { pasteRows, setChild } from './intake-edits.ts'
import { type ChildForm, emptyChild } from './intake-form.ts'
import { IntakeSection } from './intake-section.tsx'
import { editIntake, useIntake } from './intake-state.ts'
import type { PastedPerson } from './pasted-rows.ts'
import { BirthField, ChoiceField, NameField, NumberOfPerson, tellsBirth } from './people-fields.tsx'
import { PeopleList } from './people-list.tsx'

const NO_ROWS: readonly ChildForm[] = []

const toRow = ({ name, registrationNo, birthDate, sex }: PastedPerson, key: number): ChildForm => ({
  ...emptyChild(key),
  name,
  registrationNo,
  birthDate,
  sex
})

/** The children that the application is for. Until the birth is registered there is no number. */
export function SectionChildren() {
  const { t } = useTranslation(['intake', 'domain'])
  const rows = useIntake(({ form }) => form?.children ?? NO_ROWS)
  return (
    <IntakeSection section="children" note={t('intake:people.childNote')}>
      <PeopleList
        list="children"
        rows={rows}
        empty={t('intake:people.empty.children')}
        onPaste={(atKey, people) => editIntake(pasteRows('children', atKey, { people, toRow }))}
        fields={(row) => <ChildFields row={row} />}
      />
    </IntakeSection>
  )
}

function ChildFields({ row }: { row: ChildForm }) {
  const { t } = useTranslation(['intake', 'domain'])
  const path = `children.${row.key}`
  const set = (part: Partial<ChildForm>): void => editIntake(setChild(row.key, part))
  return (
    <>
      <NameField path={path} value={row.name} onChange={(name) => set({ name })} />
      <NumberOfPerson path={path} value={row.registrationNo} onChange={(registrationNo) => set({ registrationNo })} />
      <BirthField path={path} value={row.birthDate} onChange={(birthDate) => set({ birthDate })} />
      <ChoiceField
        path={`${path}.sex`}
        label={t('intake:people.sex')}
        choices={(['female', 'male'] as const).map((value) => ({ value, label: t(`domain:sex.${value}`) }))}
        value={row.sex}
        onChange={(sex) => set({ sex })}
        disabled={tellsBirth(row.registrationNo)}
      />
    </>
  )
}
