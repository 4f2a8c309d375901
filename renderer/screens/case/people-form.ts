import { z } from 'zod'
import { type Case, type Child, caseSchema, type Helper, type HouseholdMember } from '#shared/domain/case/case.ts'
import { isPhone, normalisePhone } from '#shared/domain/case/phone.ts'
import { parseRrn } from '#shared/domain/case/rrn.ts'
import type { Unmaskable } from '#shared/ipc/views.ts'
import type { FormProblem } from './form-problem.ts'

/** The three lists of people around an applicant. Each is one field: a correction sends the whole list. */
export type PeopleKind = 'children' | 'helpers' | 'household'

const typed = () => z.string().max(500)

/** A person as typed. Which of the fields count depends on the kind. */
const personFormSchema = z.object({
  /** Tells the rows of the form apart. */
  key: z.int(),
  name: typed(),
  registrationNo: typed(),
  birthDate: typed(),
  sex: z.enum(['female', 'male', '']),
  relation: typed(),
  phone: typed()
})
export type PersonForm = z.infer<typeof personFormSchema>
export const peopleFormSchema = z.array(personFormSchema).max(20)
export type PersonPlace = Exclude<keyof PersonForm, 'key'>
export type PersonProblems = Partial<Record<PersonPlace, FormProblem>>

export const PERSON_PLACES: Readonly<Record<PeopleKind, readonly PersonPlace[]>> = {
  children: ['name', 'registrationNo', 'birthDate', 'sex'],
  helpers: ['name', 'relation', 'registrationNo', 'phone'],
  household: ['name', 'relation', 'registrationNo', 'birthDate']
}

/** A helper is paid through the number; a child may not have one yet. */
export const needsRegistrationNo = (kind: PeopleKind): boolean => kind === 'helpers'

export const emptyPerson = (key: number): PersonForm => ({
  key,
  name: '',
  registrationNo: '',
  birthDate: '',
  sex: '',
  relation: '',
  phone: ''
})

const UNMASK_FIELDS: Readonly<Record<PeopleKind, Unmaskable>> = {
  children: 'child.registrationNo',
  helpers: 'helper.registrationNo',
  household: 'household.registrationNo'
}

/** The masked values of a list that a correction needs in clear, because the whole list is sent. */
export function hiddenValues(kind: PeopleKind, subject: Case): { field: Unmaskable; index: number }[] {
  return subject[kind].flatMap((person, index) => [
    ...(person.registrationNo === null ? [] : [{ field: UNMASK_FIELDS[kind], index }]),
    ...('phone' in person ? [{ field: 'helper.phone' as const, index }] : [])
  ])
}

export type ClearText = (field: Unmaskable, index: number) => string

/** The list as a form, with the clear texts in the place of the masked ones. */
export const peopleForm = (kind: PeopleKind, subject: Case, clear: ClearText): PersonForm[] =>
  subject[kind].map((person, index) => ({
    ...emptyPerson(index),
    name: person.name,
    registrationNo: person.registrationNo === null ? '' : clear(UNMASK_FIELDS[kind], index),
    ...('birthDate' in person && { birthDate: person.birthDate }),
    ...('sex' in person && { sex: person.sex }),
    ...('relation' in person && { relation: person.relation }),
    ...('phone' in person && { phone: clear('helper.phone', index) })
  }))

/** A list that was sent and refused, as a form: it is in clear, because it was typed. */
export function refusedPeopleForm(kind: PeopleKind, list: unknown): PersonForm[] | null {
  const people = caseSchema.shape[kind].safeParse(list)
  if (!people.success) return null
  return people.data.map((person, index) => ({
    ...emptyPerson(index),
    ...person,
    registrationNo: person.registrationNo ?? ''
  }))
}

/** The registration number tells birth date and sex: what it says is filled in when they are still empty. */
export function withNumberRead(person: PersonForm, kind: PeopleKind): PersonForm {
  const parsed = parseRrn(person.registrationNo)
  if (!parsed.ok || kind === 'helpers') return person
  return {
    ...person,
    birthDate: person.birthDate || parsed.value.birthDate,
    sex: person.sex || parsed.value.sex
  }
}

export function personProblems(kind: PeopleKind, person: PersonForm): PersonProblems {
  const problems: PersonProblems = {}
  const places = PERSON_PLACES[kind]
  if (person.name.trim() === '') problems.name = 'nameMissing'
  const parsed = parseRrn(person.registrationNo)
  if (!parsed.ok && (needsRegistrationNo(kind) || person.registrationNo.trim() !== '')) {
    problems.registrationNo = parsed.error
  }
  if (places.includes('birthDate') && person.birthDate === '') problems.birthDate = 'birthMissing'
  if (places.includes('sex') && person.sex === '') problems.sex = 'choiceMissing'
  if (places.includes('relation') && person.relation === '') problems.relation = 'choiceMissing'
  if (places.includes('phone') && !isPhone(normalisePhone(person.phone))) problems.phone = 'phone'
  return problems
}

/** The list as the field of the case holds it. */
export function peopleValue(kind: PeopleKind, people: readonly PersonForm[]): Child[] | Helper[] | HouseholdMember[] {
  switch (kind) {
    case 'children':
      return people.map((person) => ({
        ...identity(person),
        birthDate: person.birthDate,
        sex: person.sex === 'female' ? 'female' : 'male'
      }))
    case 'helpers':
      return people.map((person) => ({
        name: person.name.trim(),
        registrationNo: digits(person.registrationNo),
        phone: normalisePhone(person.phone),
        relation: person.relation as Helper['relation']
      }))
    case 'household':
      return people.map((person) => ({
        ...identity(person),
        birthDate: person.birthDate,
        relation: person.relation as HouseholdMember['relation']
      }))
  }
}

const digits = (text: string): string => text.replace(/\D/g, '')

const identity = ({ name, registrationNo }: PersonForm) => ({
  name: name.trim(),
  registrationNo: registrationNo.trim() === '' ? null : digits(registrationNo)
})
