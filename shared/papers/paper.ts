import { z } from 'zod'

/**
 * A paper as data: what stands on it, in which order, and nothing of how. The desk shows it on the screen and prints it
 * as PDF from the same (`renderer/papers/`). Official papers are in Korean alone.
 */

/** What a text may hold and no paper shows, but for tab and line: it could turn the reading order round, or hide in a copy. */
const UNSEEN = /(?![\t\n])[\p{Cc}\p{Cf}]/gu
const textSchema = z
  .string()
  .max(4000)
  .transform((text) => text.replace(UNSEEN, ''))
const titleSchema = textSchema.nullable()

const cellSchema = z.strictObject({ label: textSchema, text: textSchema })

const columnSchema = z.strictObject({
  label: textSchema,
  /** Of the whole width, in per cent. */
  width: z.int().min(1).max(100),
  align: z.enum(['left', 'right', 'center'])
})

const partSchema = z.discriminatedUnion('kind', [
  /** Labels and values side by side, one or two to a row. */
  z.strictObject({
    kind: z.literal('sheet'),
    title: titleSchema,
    rows: z.array(z.array(cellSchema).min(1).max(2)).min(1)
  }),
  /** Its head stands on each page on which it goes on. `note` stands below its last row. */
  z.strictObject({
    kind: z.literal('table'),
    title: titleSchema,
    columns: z.array(columnSchema).min(1),
    rows: z.array(z.array(textSchema)).min(1),
    note: titleSchema
  }),
  /** What is confirmed, when and by whom, in the middle; it stays together. */
  z.strictObject({
    kind: z.literal('closing'),
    text: textSchema,
    on: textSchema,
    post: textSchema,
    name: textSchema,
    note: titleSchema
  })
])
export type PaperPart = z.infer<typeof partSchema>

/** 결재란: who signs in which post; null: not yet. */
const approvalCellSchema = z.strictObject({
  post: textSchema,
  signed: z.strictObject({ name: textSchema, on: textSchema }).nullable()
})
export type ApprovalCell = z.infer<typeof approvalCellSchema>
export const APPROVALS_TITLE = '결재'

/** Who gave it out, at the foot of each page (안전성 확보조치 기준 12조). */
const printNoteSchema = z.strictObject({ printedBy: textSchema, printNo: textSchema, printedAt: textSchema })
export type PrintNote = z.infer<typeof printNoteSchema>

export const noteText = ({ printedBy, printNo, printedAt }: PrintNote): string =>
  `출력자 ${printedBy} · 출력번호 ${printNo} · ${printedAt}`

export const paperSchema = z.strictObject({
  title: textSchema,
  /** Which notice the layout follows, as the form itself names it; null: it is our own. */
  edition: titleSchema,
  /** 가로. */
  isWide: z.boolean(),
  approvals: z.array(approvalCellSchema),
  parts: z.array(partSchema).min(1),
  /** null: it is looked at and not given out. */
  note: printNoteSchema.nullable()
})
export type Paper = z.infer<typeof paperSchema>
