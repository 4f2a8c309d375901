import { z } from 'zod'
import { reportEntrySchema, reportOrderSchema, reportResultSchema } from '#shared/domain/report/report.ts'
import { dateSchema, instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'

/** POST /v1/reports: gives a report its number; the same report again has the same one. */
export const orderReportSchema = reportOrderSchema
export const orderedReportSchema = z.object({ no: z.int().positive(), orderedAt: instantSchema })

/** POST /v1/reports/:reportId/finish and …/cancel, by who asked for it; both answer 204. */
export const finishReportSchema = reportResultSchema

/** POST /v1/reports/:reportId/deleted: its file is nowhere any more. Answers 204. */
export const deletedReportSchema = z.object({ how: z.string().trim().min(2).max(400) })

export const MAX_REPORT_ENTRIES = 100

/** GET /v1/reports: the register, the newest first; `before` is `next` of the page before. */
export const reportsQuerySchema = z.object({
  before: z.coerce.number().int().positive().optional(),
  /** Those alone whose file should be deleted by this day, and is not yet. */
  dueBy: dateSchema.optional()
})
export type ReportsQuery = z.infer<typeof reportsQuerySchema>
export const reportsResponseSchema = z.object({
  reports: z.array(reportEntrySchema).max(MAX_REPORT_ENTRIES),
  next: z.int().positive().nullable()
})

export const reportParamsSchema = z.object({ reportId: uuidSchema })
