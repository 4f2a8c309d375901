import { z } from 'zod'
import { type FieldGround, fieldGrounds } from './held.ts'

/** A place in a schema where data stands, and why it may; null when nobody said. */
export interface GroundedLeaf {
  /** Names joined by dots, `[]` for any entry of a list: `children[].name`; `(1)` for the second form of a union. */
  readonly path: string
  readonly ground: FieldGround | null
}

/** Every leaf of a schema of objects, lists and unions. A part that carries a ground is a leaf, whatever is inside. */
export function schemaGrounds(schema: z.ZodType, path = ''): GroundedLeaf[] {
  const ground = fieldGrounds.get(schema)
  if (ground !== undefined) return [{ path, ground }]
  if (schema instanceof z.ZodObject) {
    return Object.entries<z.ZodType>(schema.shape).flatMap(([key, part]) =>
      schemaGrounds(part, path === '' ? key : `${path}.${key}`)
    )
  }
  if (schema instanceof z.ZodArray) return schemaGrounds(schema.element as z.ZodType, `${path}[]`)
  if (schema instanceof z.ZodUnion) {
    return schema.options.flatMap((option, index) => schemaGrounds(option as z.ZodType, `${path}(${index})`))
  }
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    return schemaGrounds(schema.unwrap() as z.ZodType, path)
  }
  return [{ path, ground: null }]
}
