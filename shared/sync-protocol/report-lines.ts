import { z } from 'zod'

/** Rows of one line. */
export const ROWS_A_LINE = 500

/** Besides its rows: of the log, lines without a readable time, and lines with a mark; of retention, how the cases stand. */
export const REPORT_FACTS = ['unreadable', 'marked', 'cases', 'due', 'overdue', 'held', 'unjudged'] as const
export type ReportFact = (typeof REPORT_FACTS)[number]

const namesSchema = z.record(z.uuid(), z.string())

/** GET /v1/reports/:reportId/lines: NDJSON, by who asked for the report. Without an `end` it was cut. */
export const reportLineSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('start'),
    /** What is gone through: rows, or the cases that are opened for them. */
    total: z.int().nonnegative(),
    /** Officials and PCs that rows may name. */
    accounts: namesSchema,
    pcs: namesSchema,
    /** What stands on the cover besides the counts of the rows. */
    facts: z.array(z.object({ name: z.enum(REPORT_FACTS), n: z.int().nonnegative() }))
  }),
  z.object({
    type: z.literal('rows'),
    /** So much of `total` is done with these. */
    done: z.int().nonnegative(),
    rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))).max(ROWS_A_LINE)
  }),
  z.object({ type: z.literal('end'), rows: z.int().nonnegative(), digest: z.string().regex(/^[0-9a-f]{64}$/) })
])
export type ReportLine = z.infer<typeof reportLineSchema>
