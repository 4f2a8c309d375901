import { z } from 'zod'
import { chunkAddressSchema } from './chunks.ts'

/**
 * GET /v1/missing-chunks?after=N: pieces that the centre lost with a restore and asks the PCs for, after a place of its
 * list. A PC sends those that it has by PUT, and has been asked up to `upTo`.
 */
export const missingChunksQuerySchema = z.object({ after: z.coerce.number().int().nonnegative() })
export const missingChunksSchema = z.object({
  chunks: z.array(chunkAddressSchema),
  upTo: z.int().nonnegative(),
  isLast: z.boolean()
})
export type MissingChunks = z.infer<typeof missingChunksSchema>
export type MissingChunk = MissingChunks['chunks'][number]
