import { z } from 'zod'
import { grantEntrySchema, grantGroundsSchema, grantTermsSchema } from '#shared/domain/grant/grant.ts'

/** POST /v1/admin/accounts/:accountId/grant: gives other rights, or gives them again; answers 204 or `GrantRefused`. */
export const grantRequestSchema = z.object({ terms: grantTermsSchema, grounds: grantGroundsSchema })

/** POST /v1/admin/accounts/:accountId/revoke. */
export const revokeRequestSchema = z.object({ grounds: grantGroundsSchema })

/** GET /v1/admin/grants: the newest line first; `before` is `next` of the page before. */
export const grantsQuerySchema = z.object({ before: z.coerce.number().int().positive().optional() })
export const grantsResponseSchema = z.object({
  entries: z.array(grantEntrySchema),
  /** null: this was the last page. */
  next: z.int().positive().nullable()
})
