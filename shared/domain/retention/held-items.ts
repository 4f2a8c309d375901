import { z } from 'zod'
import { type Case, caseSchema } from '#shared/domain/case/case.ts'
import { fieldGrounds } from '#shared/domain/case/held.ts'
import type { PolicyItemId } from '#shared/domain/policy/policy-item-id.ts'

/** The policy items of which the case holds a value, in open conflicts and its history as well. */
export function heldItems(subject: Case): ReadonlySet<PolicyItemId> {
  const items = new Set<PolicyItemId>()
  collect(caseSchema, subject, items)
  return items
}

function collect(schema: z.ZodType, value: unknown, items: Set<PolicyItemId>): void {
  if (value === null || value === undefined || value === '') return
  const ground = fieldGrounds.get(schema)
  if (ground !== undefined) {
    if (ground.item !== null) items.add(ground.item)
  } else if (schema instanceof z.ZodObject) {
    const fields = new Map(Object.entries(value))
    for (const [name, part] of Object.entries<z.ZodType>(schema.shape)) collect(part, fields.get(name), items)
  } else if (schema instanceof z.ZodArray) {
    if (Array.isArray(value)) for (const entry of value) collect(schema.element as z.ZodType, entry, items)
  } else if (schema instanceof z.ZodUnion) {
    const form = schema.options.find((option) => (option as z.ZodType).safeParse(value).success)
    if (form !== undefined) collect(form as z.ZodType, value, items)
  } else if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    collect(schema.unwrap() as z.ZodType, value, items)
  }
}
