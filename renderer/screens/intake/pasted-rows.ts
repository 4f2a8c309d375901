import { parseRrn } from '#shared/domain/case/rrn.ts'

/** A person as a row of a spreadsheet gives her; empty where the row says nothing. */
export interface PastedPerson {
  readonly name: string
  readonly registrationNo: string
  readonly birthDate: string
  readonly sex: '' | 'female' | 'male'
  readonly phone: string
  /** What is left over, to be looked up among the words for relations. */
  readonly other: readonly string[]
}

interface PasteDeps {
  readonly parseDay: (text: string) => string | null
}

/** True for a text copied out of a spreadsheet: it has columns or rows. */
export const isTable = (text: string): boolean => /[\t]|\n./.test(text.replace(/\r/g, '').trim())

/**
 * The people of copied rows. Columns may stand in any order, since each office's sheet has its own: numbers and dates are
 * known by their form, the first other word is the name. A first row of headings holds no person and falls away.
 */
export function pastedPeople({ parseDay }: PasteDeps, text: string): PastedPerson[] {
  const rows = text.replace(/\r/g, '').split('\n')
  const people = rows.map((row) => personOfCells(parseDay, row.split('\t')))
  return people.filter(({ name }, index) => name !== '' && !(index === 0 && isHeading(rows[0] ?? '')))
}

const isHeading = (row: string): boolean => /이름|성명|\bname\b/i.test(row) && !/\d{6}/.test(row)

const SEX_WORDS: Readonly<Record<string, 'female' | 'male'>> = {
  여: 'female',
  여자: 'female',
  여성: 'female',
  여아: 'female',
  f: 'female',
  남: 'male',
  남자: 'male',
  남성: 'male',
  남아: 'male',
  m: 'male'
}

function personOfCells(parseDay: PasteDeps['parseDay'], cells: readonly string[]): PastedPerson {
  const person = { name: '', registrationNo: '', birthDate: '', sex: '' as PastedPerson['sex'], phone: '' }
  const other: string[] = []
  for (const cell of cells.map((raw) => raw.normalize('NFKC').trim()).filter((trimmed) => trimmed !== '')) {
    const digits = cell.replace(/[\s-]/g, '')
    const day = parseDay(cell)
    const sex = SEX_WORDS[cell.toLowerCase()]
    if (/^\d{13}$/.test(digits)) person.registrationNo = digits
    else if (/^0\d{8,10}$/.test(digits)) person.phone = digits
    else if (day !== null) person.birthDate = day
    else if (sex !== undefined) person.sex = sex
    else if (person.name === '' && /\p{L}/u.test(cell)) person.name = cell
    else other.push(cell)
  }
  return { ...person, ...knownOfNumber(person.registrationNo), other }
}

function knownOfNumber(registrationNo: string): Partial<Pick<PastedPerson, 'birthDate' | 'sex'>> {
  const parsed = parseRrn(registrationNo)
  return parsed.ok ? { birthDate: parsed.value.birthDate, sex: parsed.value.sex } : {}
}
