import { z } from 'zod'
import { type CaseField, caseFieldSchema } from '#shared/domain/case/case.ts'
import { CASE_FIELD_SCHEMAS } from '#shared/domain/case/case-field-schemas.ts'

/** 고치기: new values of one or more fields, each checked with the field's own schema. */
export const correctCaseSchema = z.object({
  changes: z
    .array(z.object({ field: caseFieldSchema, value: z.unknown() }))
    .min(1)
    .max(20)
    .superRefine((changes, context) => {
      changes.forEach(({ field, value }, index) => {
        if (!CASE_FIELD_SCHEMAS[field].safeParse(value).success) {
          context.addIssue({ code: 'custom', path: [index, 'value'], message: `does not fit ${field}` })
        }
      })
    }),
  reason: z.string().trim().max(400)
})
export type FieldChange = { field: CaseField; value: unknown }
