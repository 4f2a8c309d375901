import { z } from 'zod'
import { formatAddress } from '#shared/domain/case/address.ts'
import { addressSchema, type Case, caseSchema } from '#shared/domain/case/case.ts'
import { fieldGrounds } from '#shared/domain/case/held.ts'
import { formatPhone } from '#shared/domain/case/phone.ts'
import { parseRrn } from '#shared/domain/case/rrn.ts'
import { withoutClosed } from '#shared/domain/consent/without-closed.ts'
import type { PolicyItemId } from '#shared/domain/policy/policy-item-id.ts'
import type { PolicyItem } from '#shared/domain/policy/policy-items.ts'

/** What a case says of its people now: neither its conflicts nor its history, which hold values that do not stand. */
const PEOPLE = caseSchema.pick({ applicant: true, children: true, helpers: true, household: true })

/** An item of the person there is one of, or of each in a list by her place there. */
type Text = { readonly of: 'one'; readonly text: string } | { readonly of: 'each'; readonly texts: readonly string[] }
type Texts = ReadonlyMap<PolicyItemId, Text>

/**
 * The items of a case as rows of texts, a column for each item in the order given: the first child stands in the first
 * row, the second in the next, and the applicant in each. Which leaf of a case holds an item is what the schema of the case
 * says of its ground, so no other leaf can come in. An item that the case does not hold is empty.
 */
export function itemRows(subject: Case, items: readonly PolicyItem[]): string[][] {
  const texts = textsOf(withoutClosed(subject))
  const columns = items.map((item) => columnOf(texts, item))
  const rows = Math.max(1, ...columns.map((column) => (column?.of === 'each' ? column.texts.length : 1)))
  return Array.from({ length: rows }, (_, row) =>
    columns.map((column) => (column?.of === 'one' ? column.text : (column?.texts[row] ?? '')))
  )
}

/** One that is not collected by itself is read out of the number that there is. */
function columnOf(texts: Texts, { id, derivedFrom }: PolicyItem): Text | undefined {
  const source = texts.get(id)
  if (source !== undefined || derivedFrom.length === 0) return source
  const numbers = derivedFrom.map((from) => texts.get(from)).find((found) => found !== undefined)
  if (numbers === undefined) return undefined
  return numbers.of === 'one'
    ? { of: 'one', text: readOut(id, numbers.text) }
    : { of: 'each', texts: numbers.texts.map((number) => readOut(id, number)) }
}

function readOut(id: PolicyItemId, number: string): string {
  const rrn = parseRrn(number)
  if (!rrn.ok) return ''
  return id.endsWith('.birthDate') ? rrn.value.birthDate : id.endsWith('.sex') ? sexText(rrn.value.sex) : ''
}

function textsOf(subject: Case): Texts {
  const texts = new Map<PolicyItemId, Text>()
  collect(PEOPLE, subject, { texts, place: null })
  return texts
}

interface Collecting {
  readonly texts: Map<PolicyItemId, Text>
  /** In the list that is being read; null: in none. */
  readonly place: number | null
}

function collect(schema: z.ZodType, value: unknown, into: Collecting): void {
  if (value === null || value === undefined) return
  const ground = fieldGrounds.get(schema)
  if (ground !== undefined) {
    if (ground.item !== null) add(into, ground.item, textOf(ground.item, value))
  } else if (schema === addressSchema) {
    add(into, 'application.applicant.address', formatAddress(addressSchema.parse(value)))
  } else if (schema instanceof z.ZodObject) {
    const fields = new Map(Object.entries(value))
    for (const [name, part] of Object.entries<z.ZodType>(schema.shape)) collect(part, fields.get(name), into)
  } else if (schema instanceof z.ZodArray) {
    if (!Array.isArray(value)) return
    for (const [place, entry] of value.entries()) collect(schema.element as z.ZodType, entry, { ...into, place })
  } else if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    collect(schema.unwrap() as z.ZodType, value, into)
  }
}

/** Several leaves that hold one item are one text. */
function add({ texts, place }: Collecting, item: PolicyItemId, text: string): void {
  const before = texts.get(item)
  if (place === null) {
    texts.set(item, { of: 'one', text: before?.of === 'one' ? `${before.text} ${text}` : text })
    return
  }
  const each = before?.of === 'each' ? [...before.texts] : []
  while (each.length < place) each.push('')
  const own = each[place]
  each[place] = own === undefined ? text : `${own} ${text}`
  texts.set(item, { of: 'each', texts: each })
}

function textOf(item: PolicyItemId, value: unknown): string {
  const text = String(value)
  if (item.endsWith('.phone') || item.endsWith('.contactPhone')) return formatPhone(text)
  return text === 'female' || text === 'male' ? sexText(text) : text
}

/** As official papers write it. */
const sexText = (sex: 'female' | 'male'): string => (sex === 'female' ? '여' : '남')
