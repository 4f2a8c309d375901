import { parseRrn } from '#shared/domain/case/rrn.ts'
import {
  type ApplicantForm,
  type ChildForm,
  emptyChild,
  emptyHelper,
  emptyMember,
  freeKey,
  type HelperForm,
  type IntakeForm,
  LIST_LIMITS,
  type ListName,
  type MemberForm
} from './intake-form.ts'
import type { PastedPerson } from './pasted-rows.ts'
import { parseWholeAddress } from './typed-address.ts'

/** Changes of the form, each a function from form to form. */
type Edit = (form: IntakeForm) => IntakeForm

export const setApplicant =
  (part: Partial<ApplicantForm>): Edit =>
  (form) => ({ ...form, applicant: { ...form.applicant, ...part } })

/** A whole address in the road's field falls into its parts; what it does not say stays as it was. */
export const splitRoad: Edit = (form) => {
  const parts = parseWholeAddress(form.applicant.road)
  if (parts === null) return form
  const said = Object.fromEntries(Object.entries(parts).filter(([, text]) => text !== ''))
  return setApplicant(said)(form)
}

/** The account is mostly the applicant's own. */
export const proposeHolder: Edit = (form) => setApplicant({ accountHolder: form.applicant.name.trim() })(form)

export const setChild =
  (key: number, part: Partial<ChildForm>): Edit =>
  (form) => ({ ...form, children: form.children.map((row) => (row.key === key ? known({ ...row, ...part }) : row)) })

export const setHelper =
  (key: number, part: Partial<HelperForm>): Edit =>
  (form) => ({ ...form, helpers: form.helpers.map((row) => (row.key === key ? { ...row, ...part } : row)) })

export const setMember =
  (key: number, part: Partial<MemberForm>): Edit =>
  (form) => ({
    ...form,
    household: form.household.map((row) => (row.key === key ? knownBirth({ ...row, ...part }) : row))
  })

/** A registration number tells the birth date and the sex. */
function known(child: ChildForm): ChildForm {
  const parsed = parseRrn(child.registrationNo)
  return parsed.ok ? { ...child, birthDate: parsed.value.birthDate, sex: parsed.value.sex } : child
}

function knownBirth(member: MemberForm): MemberForm {
  const parsed = parseRrn(member.registrationNo)
  return parsed.ok ? { ...member, birthDate: parsed.value.birthDate } : member
}

export const addRow =
  (list: ListName): Edit =>
  (form) => {
    if (form[list].length >= LIST_LIMITS[list]) return form
    switch (list) {
      case 'children':
        return { ...form, children: [...form.children, emptyChild(freeKey(form.children))] }
      case 'helpers':
        return { ...form, helpers: [...form.helpers, emptyHelper(freeKey(form.helpers))] }
      case 'household':
        return { ...form, household: [...form.household, emptyMember(freeKey(form.household))] }
    }
  }

export const removeRow =
  (list: ListName, key: number): Edit =>
  (form) => ({ ...form, [list]: form[list].filter((row) => row.key !== key) })

/** The children belong to the household: those not listed there yet are added. */
export const addChildrenToHousehold: Edit = (form) => {
  const listed = new Set(form.household.map(personKey))
  const missing = form.children.filter((child) => child.name.trim() !== '' && !listed.has(personKey(child)))
  const household = [...form.household]
  for (const { name, registrationNo, birthDate } of missing.slice(0, LIST_LIMITS.household - household.length)) {
    household.push({ key: freeKey(household), name, registrationNo, birthDate, relation: 'child' })
  }
  return { ...form, household }
}

const personKey = ({ name, registrationNo, birthDate }: { name: string; registrationNo: string; birthDate: string }) =>
  registrationNo === '' ? `${name.trim()} ${birthDate}` : registrationNo

interface PasteRows<Row> {
  readonly people: readonly PastedPerson[]
  /** The row of a person; her `other` cells are looked through for a relation. */
  readonly toRow: (person: PastedPerson, key: number) => Row
}

/** Fills the list with pasted people, from the row they were pasted into on. */
export const pasteRows =
  <L extends ListName>(list: L, atKey: number, { people, toRow }: PasteRows<IntakeForm[L][number]>): Edit =>
  (form) => {
    const rows: IntakeForm[L][number][] = [...form[list]]
    const start = Math.max(
      0,
      rows.findIndex((row) => row.key === atKey)
    )
    people.slice(0, LIST_LIMITS[list] - start).forEach((person, offset) => {
      const place = start + offset
      rows[place] = toRow(person, rows[place]?.key ?? freeKey(rows))
    })
    return { ...form, [list]: rows }
  }

export const answerConsent =
  (id: string, answer: IntakeForm['answers'][string], field: 'email' | 'contactPhone' | undefined): Edit =>
  (form) => {
    const answered = { ...form, answers: { ...form.answers, [id]: answer } }
    // What no consent carries may not be kept, not even in a draft.
    return answer.given || field === undefined ? answered : setApplicant({ [field]: '' })(answered)
  }
