import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../design-system/button.tsx'
import { refusedValue } from './correction-body.ts'
import { EditorCard } from './editor-card.tsx'
import {
  emptyPerson,
  type PeopleKind,
  type PersonForm,
  peopleFormSchema,
  peopleValue,
  personProblems,
  refusedPeopleForm,
  withNumberRead
} from './people-form.ts'
import { PersonFields } from './person-fields.tsx'
import { type EditorProps, useCorrection } from './use-correction.ts'

interface PeopleEditorProps extends EditorProps {
  readonly kind: PeopleKind
  /** The list in clear, as it was when the form was opened. */
  readonly opened: readonly PersonForm[]
}

const MOST: Readonly<Record<PeopleKind, number>> = { children: 10, helpers: 4, household: 20 }

/** One list of people while it is corrected: change, add, take out. */
export function PeopleEditor({ kind, opened, ...props }: PeopleEditorProps) {
  const { t } = useTranslation('case')
  const correction = useCorrection({
    ...props,
    block: kind,
    schema: peopleFormSchema,
    initial: () => [...opened],
    withRefused: (form, changes) => refusedPeopleForm(kind, refusedValue(changes, kind)) ?? form
  })
  const { form: people, setForm: setPeople } = correction
  const problems = people.map((person) => personProblems(kind, person))
  const isFaultless = problems.every((found) => Object.keys(found).length === 0)
  const isChanged = correction.isResumed || JSON.stringify(people) !== JSON.stringify(opened)

  const change = (key: number, part: Partial<PersonForm>): void =>
    setPeople((all) =>
      all.map((person) => (person.key === key ? withNumberRead({ ...person, ...part }, kind) : person))
    )
  const add = (): void => setPeople((all) => [...all, emptyPerson(Math.max(0, ...all.map(({ key }) => key)) + 1)])
  const save = (): void => {
    const changes = isChanged ? [{ field: kind, value: peopleValue(kind, people) }] : []
    void correction.save(changes, isFaultless)
  }

  return (
    <EditorCard title={t(`family.${kind}`)} correction={correction} onSave={save}>
      {people.map((person, index) => (
        <div className="person-row" key={person.key}>
          <PersonFields
            kind={kind}
            person={person}
            problems={correction.tried ? (problems[index] ?? {}) : {}}
            onChange={(part) => change(person.key, part)}
          />
          <IconButton
            icon="minus"
            label={person.name ? t('family.remove', { name: person.name }) : t('family.removeUnnamed')}
            onClick={() => setPeople((all) => all.filter(({ key }) => key !== person.key))}
          />
        </div>
      ))}
      <div>
        <Button size="small" icon="plus" onClick={add} disabled={people.length >= MOST[kind]}>
          {t('family.add')}
        </Button>
      </div>
    </EditorCard>
  )
}
