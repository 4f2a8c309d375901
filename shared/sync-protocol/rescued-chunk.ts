import { z } from 'zod'
import { chunkHashSchema } from '#shared/domain/document/case-document.ts'
import { uuidSchema } from '#shared/foundation/primitives.ts'

/** PUT /v1/rescue/:rescueId/chunks/:sha256: one sealed piece that the answer to a capsule asked for. */
export const rescuedChunkSchema = z.object({ rescueId: uuidSchema, sha256: chunkHashSchema })
