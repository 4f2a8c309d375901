import { z } from 'zod'
import { chunkHashSchema } from '#shared/domain/document/case-document.ts'
import { uuidSchema } from '#shared/foundation/primitives.ts'

/**
 * HEAD, PUT, GET /v1/cases/:caseId/chunks/:sha256: one sealed piece of a document, addressed by the SHA-256 of its bytes.
 * A PUT that comes again changes nothing. Bodies are application/octet-stream, as they were sealed.
 */
export const chunkAddressSchema = z.object({
  caseId: uuidSchema,
  sha256: chunkHashSchema
})

/** What a PUT may refuse a chunk for besides what every request is refused for. */
export const CHUNK_PROBLEMS = ['too_large', 'wrong_hash', 'quota'] as const
export type ChunkProblem = (typeof CHUNK_PROBLEMS)[number]
