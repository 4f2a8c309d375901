import { z } from 'zod'
import { openReasonSchema, restoreGateSchema } from '#shared/domain/administration/restore-gate.ts'

/** GET /v1/admin/restore; POST /v1/admin/restore/open answers 204. */
export const restoreGateResponseSchema = restoreGateSchema
export const openGateRequestSchema = z.object({ reason: openReasonSchema })
