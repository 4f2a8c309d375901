import { z } from 'zod'
import { caseRecordSchema } from '#shared/domain/case/case.ts'
import { instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'

/**
 * GET /v1/changes?cursor=N: the changes of the desk's district after the cursor, oldest first, as NDJSON (zstd or gzip
 * by Accept-Encoding). Each case stands at its newest change only. The stream ends with an `end` line; one that does not
 * was cut, and the lines before it are valid.
 */
export const pullQuerySchema = z.object({
  cursor: z.coerce.number().int().nonnegative(),
  limit: z.coerce.number().int().min(1).max(1_000_000).default(1_000_000)
})

export const pullLineSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), centreId: uuidSchema, total: z.int().nonnegative() }),
  z.object({ type: z.literal('case'), seq: z.int().positive(), record: caseRecordSchema }),
  z.object({ type: z.literal('gone'), seq: z.int().positive(), caseId: uuidSchema }),
  z.object({ type: z.literal('end'), cursor: z.int().nonnegative(), serverTime: instantSchema })
])
export type PullLine = z.infer<typeof pullLineSchema>
