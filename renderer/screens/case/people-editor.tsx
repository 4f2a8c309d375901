import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseView } from '#shared/ipc/views.ts'
import { Button, IconButton } from '../../design-system/button.tsx'
import { EditorCard } from './editor-card.tsx'
import {
  emptyPerson,
  type PeopleKind,
  type PersonForm,
  peopleValue,
  personProblems,
  withNumberRead
} from './people-form.ts'
import { PersonFields } from './person-fields.tsx'
import { useCorrection } from './use-correction.ts'

interface PeopleEditorProps {
  readonly kind: PeopleKind
  readonly view: CaseView
  /** The list in clear, as it was when the form was opened. */
  readonly opened: readonly PersonForm[]
  readonly onDone: () => void
}

const MOST: Readonly<Record<PeopleKind, number>> = { children: 10, helpers: 4, household: 20 }

/** One list of people while it is corrected: change, add, take out. */
export function PeopleEditor({ kind, view, opened, onDone }: PeopleEditorProps) {
  const { t } = useTranslation('case')
  const [people, setPeople] = useState(opened)
  const lastKey = useRef(opened.length)
  const correction = useCorrection(view, onDone)
  const problems = people.map((person) => personProblems(kind, person))
  const isFaultless = problems.every((found) => Object.keys(found).length === 0)
  const isChanged = JSON.stringify(people) !== JSON.stringify(opened)

  const change = (key: number, part: Partial<PersonForm>): void =>
    setPeople((all) =>
      all.map((person) => (person.key === key ? withNumberRead({ ...person, ...part }, kind) : person))
    )
  const add = (): void => {
    lastKey.current += 1
    const key = lastKey.current
    setPeople((all) => [...all, emptyPerson(key)])
  }
  const save = (): void => {
    const changes = isChanged ? [{ field: kind, value: peopleValue(kind, people) }] : []
    void correction.save(changes, isFaultless)
  }

  return (
    <EditorCard
      title={t(`family.${kind}`)}
      {...correction}
      onReason={correction.setReason}
      onSave={save}
      onCancel={onDone}
    >
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
