import { type CaseRecord, completeCase } from '#shared/domain/case/case.ts'
import { type PackedInstant, packInstant, unpackInstant } from './packed-instant.ts'

/**
 * A case as it lies in its row: JSON without the names of the fields, which are the same in every case and would be
 * half of it. Fields are in the order of a layout; a body begins with the number of its layout. Instants lie as
 * milliseconds, and in a history the same official again as null. Fields that this program does not know come from a
 * newer centre: they stand by their names behind the others, and go out again as they came.
 */

type Layout = { readonly fields: readonly Field[] }
type Field = readonly [name: string, of: Layout | 'value' | 'instant' | 'again' | { readonly listOf: Layout }]

const plain = (...names: readonly string[]): Field[] => names.map((name) => [name, 'value'])

const listOf = (...fields: readonly Field[]): Field[1] => ({ listOf: { fields } })
const person = (...names: readonly string[]): Field[1] => listOf(...plain(...names))

/** A later version of the case gets a layout of its own beside these; they stay as they are. */
const layoutOf = (...later: readonly Field[]): Layout => ({
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
          ['consents', listOf(...plain('consentId', 'policyVersion', 'given', 'method'), ['answeredAt', 'instant'])],
          ['history', listOf(...plain('state'), ['at', 'instant'], ['by', 'again'], ...plain('reason'))],
          ...later
        ]
      }
    ],
    ...plain('rev', 'fieldRevs')
  ]
})

/** Before protocol 2: a case had no conflicts and kept no edits. */
const LAYOUT_1 = layoutOf()
const LAYOUT_2 = layoutOf(
  ['conflicts', 'value'],
  ['edits', listOf(...plain('fields'), ['by', 'again'], ['at', 'instant'], ...plain('reason', 'how', 'closed'))],
  ['documents', 'value']
)

const LAYOUTS: ReadonlyMap<number, Layout> = new Map([
  [1, LAYOUT_1],
  [2, LAYOUT_2]
])
const CURRENT = 2

type Fields = Readonly<Record<string, unknown>>

export const packRecord = (record: CaseRecord): string =>
  JSON.stringify([CURRENT, pack(record as unknown as Fields, LAYOUT_2)])

/** `above` is the entry before in a list. */
function pack(value: Fields | null, layout: Layout, above?: Fields): readonly unknown[] | null {
  if (value === null) return null
  const packed: unknown[] = []
  for (const [name, of] of layout.fields) {
    const part = value[name]
    if (of === 'value') packed.push(part)
    else if (of === 'instant') packed.push(packInstant(part as string))
    else if (of === 'again') packed.push(above !== undefined && above[name] === part ? null : part)
    else if ('listOf' in of) packed.push(packList(part as readonly Fields[], of.listOf))
    else packed.push(pack(part as Fields | null, of))
  }
  if (Object.keys(value).length > layout.fields.length) packed.push(unknownFields(value, layout))
  return packed
}

function unknownFields(value: Fields, layout: Layout): Fields {
  const known = new Set(layout.fields.map(([name]) => name))
  return Object.fromEntries(Object.entries(value).filter(([name]) => !known.has(name)))
}

const packList = (list: readonly Fields[], layout: Layout): unknown[] =>
  list.map((one, index) => pack(one, layout, list[index - 1]))

export function unpackRecord(body: string): CaseRecord {
  const [number, packed] = JSON.parse(body) as [number, readonly unknown[]]
  const layout = LAYOUTS.get(number)
  if (layout === undefined) throw new Error(`a case lies in layout ${number}, which this program does not know`)
  const record = unpack(packed, layout) as unknown as CaseRecord
  return number === CURRENT ? record : { ...record, case: completeCase(record.case) }
}

function unpack(packed: readonly unknown[] | null, layout: Layout, above?: Fields): Fields | null {
  if (packed === null) return null
  const value: Record<string, unknown> = {}
  for (const [index, [name, of]] of layout.fields.entries()) {
    const part = packed[index]
    if (of === 'value') value[name] = part
    else if (of === 'instant') value[name] = unpackInstant(part as PackedInstant)
    else if (of === 'again') value[name] = part === null ? above?.[name] : part
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
