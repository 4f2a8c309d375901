import { z } from 'zod'
import type { PolicyItemId } from '#shared/domain/policy/policy-item-id.ts'

/** Why a field may exist: the item of the privacy policy that allows it, or that it says nothing about a person. */
export type FieldGround = { readonly item: PolicyItemId } | { readonly item: null; readonly administrative: string }

export const fieldGrounds = z.registry<FieldGround>()

/** A field that holds personal data, allowed by this item of the policy register. */
export const held = <S extends z.ZodType>(item: PolicyItemId, schema: S): S => grounded(schema, { item })

/** A field of the office's own bookkeeping; `what` says why it holds no personal data of a citizen. */
export const administrative = <S extends z.ZodType>(what: string, schema: S): S =>
  grounded(schema, { item: null, administrative: what })

/** A copy of its own: the schema of a value such as a day serves many fields, and each has another ground. */
function grounded<S extends z.ZodType>(schema: S, ground: FieldGround): S {
  const own = schema.clone()
  fieldGrounds.add(own, ground)
  return own
}
