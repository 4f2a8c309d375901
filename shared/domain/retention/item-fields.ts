import { CASE_FIELD_SCHEMAS } from '#shared/domain/case/case-field-schemas.ts'
import { CASE_FIELDS, type CaseField } from '#shared/domain/case/case-parts.ts'
import { schemaGrounds } from '#shared/domain/case/schema-grounds.ts'
import type { PolicyItemId } from '#shared/domain/policy/policy-item-id.ts'

/** The policy items that each field of a case can hold; none where it is the office's own bookkeeping. */
const ITEMS_OF_FIELDS: ReadonlyArray<{ readonly field: CaseField; readonly items: readonly PolicyItemId[] }> =
  CASE_FIELDS.map((field) => ({
    field,
    items: schemaGrounds(CASE_FIELD_SCHEMAS[field]).flatMap(({ ground }) =>
      ground?.item === null || ground === null ? [] : [ground.item]
    )
  }))

/** The fields of a case that hold nothing but these items. */
export function fieldsOfItems(items: ReadonlySet<PolicyItemId>): CaseField[] {
  return ITEMS_OF_FIELDS.flatMap(({ field, items: own }) =>
    own.length > 0 && own.every((item) => items.has(item)) ? [field] : []
  )
}
