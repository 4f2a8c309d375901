import { z } from 'zod'
import { rescueEntrySchema } from '#shared/domain/administration/rescue-entry.ts'

/** GET /v1/admin/rescues; POST with the capsule as its body (application/octet-stream); POST …/:rescueId/release answers 204. */
export const rescuesResponseSchema = z.object({ rescues: z.array(rescueEntrySchema) })
export const rescueResponseSchema = z.object({ rescue: rescueEntrySchema })
