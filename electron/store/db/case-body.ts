import type { CaseRecord } from '#shared/domain/case/case.ts'

/**
 * A case as it lies in its row: JSON without the names of the fields, which are the same in every case and would be
 * half of it. Fields are in the order of a layout; a body begins with the number of its layout. Fields that this program
 * does not know come from a newer centre: they stand by their names behind the others, and go out again as they came.
 */

type Layout = { readonly fields: readonly Field[] }
type Field = readonly [name: string, of: Layout | 'value' | { readonly listOf: Layout }]

const plain = (...names: readonly string[]): Field[] => names.map((name) => [name, 'value'])

const person = (...names: readonly string[]): Field[1] => ({ listOf: { fields: plain(...names) } })

/** Layout 1. A later version of the case gets a layout of its own beside it; this one stays as it is. */
const CASE_RECORD: Layout = {
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
          ['consents', person('consentId', 'policyVersion', 'given', 'method', 'answeredAt')],
          ['history', person('state', 'at', 'by', 'reason')]
        ]
      }
    ],
    ...plain('rev', 'fieldRevs')
  ]
}

const LAYOUTS: ReadonlyMap<number, Layout> = new Map([[1, CASE_RECORD]])
const CURRENT = 1

type Fields = Readonly<Record<string, unknown>>

export const packRecord = (record: CaseRecord): string =>
  JSON.stringify([CURRENT, pack(record as unknown as Fields, CASE_RECORD)])

function pack(value: Fields | null, layout: Layout): readonly unknown[] | null {
  if (value === null) return null
  const packed: unknown[] = []
  for (const [name, of] of layout.fields) {
    const part = value[name]
    if (of === 'value') packed.push(part)
    else if ('listOf' in of) packed.push((part as readonly Fields[]).map((one) => pack(one, of.listOf)))
    else packed.push(pack(part as Fields | null, of))
  }
  const unknown = unknownFields(value, layout)
  if (unknown !== null) packed.push(unknown)
  return packed
}

const KNOWN_NAMES = new WeakMap<Layout, ReadonlySet<string>>()

function unknownFields(value: Fields, layout: Layout): Fields | null {
  const known = KNOWN_NAMES.get(layout) ?? new Set(layout.fields.map(([name]) => name))
  KNOWN_NAMES.set(layout, known)
  let unknown: Record<string, unknown> | null = null
  for (const name in value) {
    if (known.has(name)) continue
    unknown ??= {}
    unknown[name] = value[name]
  }
  return unknown
}

export function unpackRecord(body: string): CaseRecord {
  const [number, packed] = JSON.parse(body) as [number, readonly unknown[]]
  const layout = LAYOUTS.get(number)
  if (layout === undefined) throw new Error(`a case lies in layout ${number}, which this program does not know`)
  return unpack(packed, layout) as unknown as CaseRecord
}

function unpack(packed: readonly unknown[] | null, layout: Layout): Fields | null {
  if (packed === null) return null
  const value: Record<string, unknown> = {}
  for (const [index, [name, of]] of layout.fields.entries()) {
    const part = packed[index]
    if (of === 'value') value[name] = part
    else if ('listOf' in of)
      value[name] = (part as ReadonlyArray<readonly unknown[]>).map((one) => unpack(one, of.listOf))
    else value[name] = unpack(part as readonly unknown[] | null, of)
  }
  return Object.assign(value, packed[layout.fields.length])
}
