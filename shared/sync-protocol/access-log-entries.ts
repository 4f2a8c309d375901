import { z } from 'zod'
import { logEntrySchema, MOST_LOG_DAYS } from '#shared/domain/access-log/log-entry.ts'
import { instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'

/** Lines of one answer. */
export const MAX_LOG_ENTRIES = 200
const DAY_MS = 86_400_000

/** GET /v1/admin/access-log/lines: the newest first, by the PCs' time; `before` is the last one of the page before. */
export const logEntriesQuerySchema = z
  .object({
    from: instantSchema,
    to: instantSchema,
    accountId: uuidSchema.optional(),
    deviceId: uuidSchema.optional(),
    act: z
      .string()
      .regex(/^[a-z_]{1,40}$/)
      .optional(),
    caseId: uuidSchema.optional(),
    before: z.coerce.number().int().positive().optional()
  })
  .refine(
    ({ from, to, caseId }) => caseId !== undefined || Date.parse(to) - Date.parse(from) <= MOST_LOG_DAYS * DAY_MS,
    {
      path: ['to']
    }
  )
export type LogEntriesQuery = z.infer<typeof logEntriesQuerySchema>

export const logEntriesResponseSchema = z.object({
  lines: z.array(logEntrySchema).max(MAX_LOG_ENTRIES),
  /** What `before` is to be for the next page; null: this was the last one. */
  next: z.int().positive().nullable()
})
