import { z } from 'zod'
import { batchStateSchema } from '#shared/domain/destruction/batch-state.ts'
import { batchVerificationSchema } from '#shared/domain/destruction/batch-verification.ts'
import { copyLineSchema, writeOffReasonSchema } from '#shared/domain/destruction/copy-line.ts'
import { uuidSchema } from '#shared/foundation/primitives.ts'

/** GET /v1/destruction/copies: how far the execution of the district's batches is, and what still holds copies. */
export const batchCopiesQuerySchema = z.object({
  /** One batch, whatever its state; without it those that are executed and not completed. */
  batchId: uuidSchema.optional()
})

const batchCopiesSchema = z.object({
  batchId: uuidSchema,
  state: batchStateSchema,
  destroyed: z.int().nonnegative(),
  left: z.int().nonnegative(),
  /** Not as it was approved any more. */
  dropped: z.int().nonnegative(),
  copies: z.array(copyLineSchema),
  /** The newest search for what is left; null: there was none yet. */
  verification: batchVerificationSchema.nullable()
})
export type BatchCopies = z.infer<typeof batchCopiesSchema>
export const batchCopiesResponseSchema = z.object({ batches: z.array(batchCopiesSchema) })

/** POST /v1/admin/destruction/:batchId/copies/:place/:ref/write-off answers 204. */
export const writeOffCopySchema = z.object({ reason: writeOffReasonSchema })
