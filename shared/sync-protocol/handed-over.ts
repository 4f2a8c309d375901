import { z } from 'zod'
import { handedOverEntrySchema } from '#shared/domain/quarantine/handed-over-entry.ts'

/** Edits that were unsent on another district's desks when a case came to this district. */

/** GET /v1/handed-over */
export const handedOverResponseSchema = z.object({ items: z.array(handedOverEntrySchema) })

/** POST /v1/handed-over/:commandId/take answers 204, or the refusal of the rules; …/drop answers 204. */
export const dropHandedOverSchema = z.object({ reason: z.string().trim().min(5).max(400) })
