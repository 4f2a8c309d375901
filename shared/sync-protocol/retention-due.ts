import { z } from 'zod'
import { batchItemSchema } from '#shared/domain/destruction/destruction-batch.ts'
import { retentionOverviewSchema } from '#shared/domain/retention/retention-overview.ts'
import { dateSchema, uuidSchema } from '#shared/foundation/primitives.ts'

/** GET /v1/retention: how the district stands today. */
export const retentionResponseSchema = retentionOverviewSchema

/** Items of one answer. */
export const MAX_DUE_ITEMS = 500

/** GET /v1/retention/due: what a batch of this day would list, the longest due first; `after` is the last of the page before. */
export const retentionDueQuerySchema = z.object({
  dueUpTo: dateSchema,
  /** Whole cases, or the fields that go before them. */
  parts: z.enum(['case', 'fields']),
  after: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}_[0-9a-f-]{36}$/)
    .transform((text) => ({ dueOn: text.slice(0, 10), caseId: text.slice(11) }))
    .pipe(z.object({ dueOn: dateSchema, caseId: uuidSchema }))
    .optional()
})

export const retentionDueResponseSchema = z.object({
  items: z.array(batchItemSchema).max(MAX_DUE_ITEMS),
  /** What `after` is to be for the next page; null: this was the last one. */
  next: z.string().nullable()
})
