import { z } from 'zod'

/**
 * A statutory form (별지 서식) as data: which cells there are, in which order, and what each shows. The layouts are the
 * notices' and change with them, so an office may put a newer edition in the place of ours (`resources/forms/`).
 */

const labelSchema = z.string().trim().min(1).max(60)
const valueNameSchema = z.string().regex(/^[a-z][A-Za-z]*$/)

const cellSchema = z.strictObject({ label: labelSchema, value: valueNameSchema })

const head = {
  id: z.string().regex(/^[a-z][a-z-]*$/),
  /** Which notice the layout follows, as the form itself names it. */
  edition: z.string().trim().min(1).max(120),
  title: labelSchema
}

export const formTemplateSchema = z.discriminatedUnion('kind', [
  /** One thing on one sheet: label and value, side by side. */
  z.strictObject({ ...head, kind: z.literal('sheet'), rows: z.array(z.array(cellSchema).min(1).max(2)).min(1) }),
  /** 대장: a line for each thing. */
  z.strictObject({
    ...head,
    kind: z.literal('register'),
    columns: z.array(cellSchema.extend({ width: z.int().min(1).max(100) })).min(1)
  })
])
export type FormTemplate = z.infer<typeof formTemplateSchema>

/** The names of the values that a form shows. */
export const valuesOf = (form: FormTemplate): readonly string[] =>
  (form.kind === 'sheet' ? form.rows.flat() : form.columns).map(({ value }) => value)
