import { z } from 'zod'
import { fieldGrounds } from '#shared/domain/case/held.ts'
import type { PolicyItemId } from '#shared/domain/policy/policy-item-id.ts'

export interface HeldValue {
  readonly item: PolicyItemId
  readonly value: unknown
}

/** Every value of a person that stands in a part of a case, with the item it is held under; bookkeeping is passed over. */
export function heldValues(schema: z.ZodType, value: unknown): HeldValue[] {
  if (value === null || value === undefined) return []
  const ground = fieldGrounds.get(schema)
  if (ground !== undefined) return ground.item === null ? [] : [{ item: ground.item, value }]
  if (schema instanceof z.ZodObject) {
    return Object.entries<z.ZodType>(schema.shape).flatMap(([name, part]) =>
      heldValues(part, (value as Readonly<Record<string, unknown>>)[name])
    )
  }
  if (schema instanceof z.ZodArray) {
    return (value as readonly unknown[]).flatMap((one) => heldValues(schema.element as z.ZodType, one))
  }
  if (schema instanceof z.ZodUnion) {
    const fitting = schema.options.find((option) => (option as z.ZodType).safeParse(value).success)
    return fitting === undefined ? [] : heldValues(fitting as z.ZodType, value)
  }
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    return heldValues(schema.unwrap() as z.ZodType, value)
  }
  return []
}
