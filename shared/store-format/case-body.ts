import { type CaseRecord, completeCase } from '#shared/domain/case/case.ts'
import { BODY_WORDS } from './body-words.ts'
import { createCompactFormat } from './compact-value.ts'
import { type PackedInstant, packInstant, unpackInstant } from './packed-instant.ts'

/**
 * A case as it lies in its row: without the names of the fields, which are the same in every case and would be half of
 * it, and without the texts that the narrow row beside it says already. Fields are in the order of a layout; a body
 * begins with the number of its layout. Instants lie as milliseconds, and in a history the same official again as null.
 * Fields that this program does not know come from a newer centre: they stand by their names behind the others, and go
 * out again as they came.
 */
export interface StoredBody extends BodyRow {
  /** JSON, of before bodies were packed; empty otherwise. */
  readonly body: string
  readonly packed: Uint8Array | null
}

/** What a body leaves to the narrow row. */
export interface BodyRow {
  readonly id: string
  readonly application_no: string
  readonly service: string
  readonly dong_code: string
  readonly state: string
  readonly applied_on: string
  readonly due_on: string | null
  readonly searchable: string
}

/** The columns of a `StoredBody`, of `cases c` and `case_bodies b`. The id as digits: a text is read in half the time of a BLOB. */
export const BODY_COLUMNS =
  'lower(hex(c.id)) AS id, c.application_no, c.service, c.dong_code, c.state, c.applied_on, c.due_on, c.searchable, b.body, b.packed'

const compact = createCompactFormat(BODY_WORDS)
const [GROUP, UNIT] = ['\u001e', '\u001f']

/** The order lies in stores. */
const textsOf = (id: string, row: Omit<BodyRow, 'id'>): string[] => [
  id,
  row.application_no,
  row.dong_code,
  row.dong_code.slice(0, DISTRICT_DIGITS),
  row.service,
  row.state,
  row.applied_on,
  row.due_on ?? '',
  ...row.searchable.replaceAll(GROUP, UNIT).split(UNIT)
]
const DISTRICT_DIGITS = 5

type Layout = { readonly fields: readonly Field[] }
type Field = readonly [name: string, of: Layout | 'value' | 'instant' | 'again' | { readonly listOf: Layout }]

const plain = (...names: readonly string[]): Field[] => names.map((name) => [name, 'value'])

const listOf = (...fields: readonly Field[]): Field[1] => ({ listOf: { fields } })
const person = (...names: readonly string[]): Field[1] => listOf(...plain(...names))

/** A later version of the case gets a layout of its own beside these; they stay as they are. */
const layoutOf = (consents: Field[1], ...later: readonly Field[]): Layout => ({
  fields: [
    [
      'case',
      {
        fields: [
          ...plain(
            'id',
            'applicationNo',
            'districtCode',
            'dongCode',
            'service',
            'state',
            'appliedOn',
            'dueOn',
            'assigneeId'
          ),
          [
            'applicant',
            {
              fields: [
                ...plain('loginId', 'name', 'registrationNo', 'phone'),
                ['address', { fields: plain('postcode', 'road', 'building', 'detail', 'extra') }],
                ['income', { fields: plain('householdSize', 'monthlyWon') }],
                ['account', { fields: plain('bankCode', 'number', 'holder') }],
                ...plain('email', 'contactPhone')
              ]
            }
          ],
          ['children', person('name', 'registrationNo', 'birthDate', 'sex')],
          ['helpers', person('name', 'registrationNo', 'phone', 'relation')],
          ['household', person('name', 'registrationNo', 'birthDate', 'relation')],
          ['consents', consents],
          ['history', listOf(...plain('state'), ['at', 'instant'], ['by', 'again'], ...plain('reason'))],
          ...later
        ]
      }
    ],
    ...plain('rev', 'fieldRevs')
  ]
})

const ANSWER: readonly Field[] = [...plain('consentId', 'policyVersion', 'given', 'method'), ['answeredAt', 'instant']]
/** Before consents were records: an answer had no notice, handler, representative, evidence, reason and effect. */
const ANSWERS = listOf(...ANSWER)
const CONSENT_RECORDS = listOf(
  ...ANSWER,
  ...plain('noticeHash', 'representative'),
  ['handler', 'again'],
  ...plain('evidence', 'reason', 'closes')
)

/** Before protocol 2: a case had no conflicts and kept no edits. */
const LAYOUT_1 = layoutOf(ANSWERS)
const OF_PROTOCOL_2: readonly Field[] = [
  ['conflicts', 'value'],
  ['edits', listOf(...plain('fields'), ['by', 'again'], ['at', 'instant'], ...plain('reason', 'how', 'closed'))],
  ['documents', 'value']
]
const LAYOUT_2 = layoutOf(ANSWERS, ...OF_PROTOCOL_2)

/** As JSON. */
const JSON_LAYOUTS: ReadonlyMap<number, Layout> = new Map([
  [1, LAYOUT_1],
  [2, LAYOUT_2]
])
const LAYOUT_4 = layoutOf(ANSWERS, ...OF_PROTOCOL_2, ['holds', 'value'])
const LAYOUT_5 = layoutOf(CONSENT_RECORDS, ...OF_PROTOCOL_2, ['holds', 'value'])
/** Packed. In layout 3 a case had no holds. */
const PACKED_LAYOUTS: ReadonlyMap<number, Layout> = new Map([
  [3, LAYOUT_2],
  [4, LAYOUT_4],
  [5, LAYOUT_5]
])
const CURRENT = 5

type Fields = Readonly<Record<string, unknown>>

/** `searchable`: as the narrow row has it. */
export const packRecord = (record: CaseRecord, searchable: string): Uint8Array => {
  const { id, applicationNo, service, dongCode, state, appliedOn, dueOn } = record.case
  const row = {
    application_no: applicationNo,
    service,
    dong_code: dongCode,
    state,
    applied_on: appliedOn,
    due_on: dueOn
  }
  return compact.encode([CURRENT, pack(record as unknown as Fields, LAYOUT_5)], textsOf(id, { ...row, searchable }))
}

/** Where no official is named; null says that it is the one above. */
const NOBODY = ''

/** `above` is the entry before in a list. */
function pack(value: Fields | null, layout: Layout, above?: Fields): readonly unknown[] | null {
  if (value === null) return null
  const packed: unknown[] = []
  for (const [name, of] of layout.fields) {
    const part = value[name]
    if (of === 'value') packed.push(part)
    else if (of === 'instant') packed.push(packInstant(part as string))
    else if (of === 'again') packed.push(above !== undefined && above[name] === part ? null : (part ?? NOBODY))
    else if ('listOf' in of) packed.push(packList(part as readonly Fields[], of.listOf))
    else packed.push(pack(part as Fields | null, of))
  }
  if (countNames(value) > layout.fields.length) packed.push(unknownFields(value, layout))
  return packed
}

/** Of an object that was parsed; for each of a case's two dozen, so no list is made of them. */
function countNames(value: Fields): number {
  let count = 0
  for (const _name in value) count += 1
  return count
}

function unknownFields(value: Fields, layout: Layout): Fields {
  const known = new Set(layout.fields.map(([name]) => name))
  return Object.fromEntries(Object.entries(value).filter(([name]) => !known.has(name)))
}

const packList = (list: readonly Fields[], layout: Layout): unknown[] =>
  list.map((one, index) => pack(one, layout, list[index - 1]))

export function unpackRecord(stored: StoredBody): CaseRecord {
  if (stored.packed === null) return unpackJson(stored.body)
  const [number, packed] = compact.decode(stored.packed, textsOf(uuidOfHex(stored.id), stored)) as [number, Packed]
  return recordOf(PACKED_LAYOUTS, number, packed)
}

const uuidOfHex = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`

function unpackJson(body: string): CaseRecord {
  const [number, packed] = JSON.parse(body) as [number, Packed]
  return recordOf(JSON_LAYOUTS, number, packed)
}

function recordOf(layouts: ReadonlyMap<number, Layout>, number: number, packed: Packed): CaseRecord {
  const layout = layouts.get(number)
  if (layout === undefined) throw new Error(`a case lies in layout ${number}, which this program does not know`)
  const record = unpack(packed, layout) as unknown as CaseRecord
  return number === CURRENT ? record : { ...record, case: completeCase(record.case) }
}

type Packed = readonly unknown[]

function unpack(packed: readonly unknown[] | null, layout: Layout, above?: Fields): Fields | null {
  if (packed === null) return null
  const value: Record<string, unknown> = {}
  for (const [index, [name, of]] of layout.fields.entries()) {
    const part = packed[index]
    if (of === 'value') value[name] = part
    else if (of === 'instant') value[name] = unpackInstant(part as PackedInstant)
    else if (of === 'again') value[name] = part === null ? above?.[name] : part === NOBODY ? null : part
    else if ('listOf' in of) value[name] = unpackList(part as ReadonlyArray<readonly unknown[]>, of.listOf)
    else value[name] = unpack(part as readonly unknown[] | null, of)
  }
  return Object.assign(value, packed[layout.fields.length])
}

function unpackList(packed: ReadonlyArray<readonly unknown[]>, layout: Layout): Fields[] {
  const list: Fields[] = []
  for (const one of packed) {
    const value = unpack(one, layout, list.at(-1))
    if (value !== null) list.push(value)
  }
  return list
}
