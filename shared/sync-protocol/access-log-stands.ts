import { z } from 'zod'
import { logStandSchema } from '#shared/domain/access-log/log-stand.ts'
import { uuidSchema } from '#shared/foundation/primitives.ts'

/** PCs of one answer. */
export const MAX_LOG_STANDS = 100

/** GET /v1/admin/access-log/pcs: in the order of their ids, from the one after `after` on. */
export const logStandsQuerySchema = z.object({ after: uuidSchema.optional() })

export const logStandsResponseSchema = z.object({
  pcs: z.array(logStandSchema).max(MAX_LOG_STANDS),
  /** The last of them where there are more; null: there are none. */
  next: uuidSchema.nullable()
})
