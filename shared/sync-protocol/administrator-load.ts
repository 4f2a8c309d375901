import { z } from 'zod'
import { loadEntrySchema } from '#shared/domain/administration/load-entry.ts'

/** GET /v1/admin/load: what each account of her district would receive. */
export const loadResponseSchema = z.object({ loads: z.array(loadEntrySchema) })
