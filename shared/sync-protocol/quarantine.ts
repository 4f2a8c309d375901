import { z } from 'zod'
import { quarantineEntrySchema } from '#shared/domain/quarantine/quarantine-entry.ts'

/** 격리함: what the privacy officer's desk and the centre say to each other. Each route answers for her own district. */

/** GET /v1/quarantine */
export const quarantineResponseSchema = z.object({ items: z.array(quarantineEntrySchema) })

/** POST /v1/quarantine/:commandId/destroy answers 204. */
export const destroyQuarantinedSchema = z.object({ reason: z.string().trim().min(5).max(400) })
