import { z } from 'zod'
import { accountSchema } from '#shared/domain/account/account.ts'
import { accountEntrySchema } from '#shared/domain/administration/account-entry.ts'
import { deviceEntrySchema } from '#shared/domain/administration/device-entry.ts'
import { codeNoteSchema, issuedCodeSchema, openCodeSchema } from '#shared/domain/administration/enrolment-code.ts'
import { leaseTermsSchema } from '#shared/domain/administration/lease-terms.ts'
import { loadEntrySchema } from '#shared/domain/administration/load-entry.ts'
import { rescueEntrySchema } from '#shared/domain/administration/rescue-entry.ts'
import { openReasonSchema, restoreGateSchema } from '#shared/domain/administration/restore-gate.ts'

/** What an administrator's desk and the centre say to each other; each route answers for her own district. */

/** GET /v1/admin/accounts; POST makes one; POST …/:accountId/{unlock,password,disable,enable} answer 204. */
export const accountsResponseSchema = z.object({ accounts: z.array(accountEntrySchema) })
export const createdAccountResponseSchema = z.object({ account: accountSchema })

/** GET /v1/admin/devices; POST …/:deviceId/revoke and …/:deviceId/wipe answer 204. */
export const devicesResponseSchema = z.object({ devices: z.array(deviceEntrySchema) })

/** GET and POST /v1/admin/enrolment-codes; DELETE …/:codeId answers 204. */
export const openCodesResponseSchema = z.object({ codes: z.array(openCodeSchema) })
export const issueCodeRequestSchema = z.object({ note: codeNoteSchema })
export const issueCodeResponseSchema = issuedCodeSchema

/** GET and PUT /v1/admin/lease */
export const leaseTermsMessageSchema = leaseTermsSchema

/** GET /v1/admin/rescues; POST with the capsule as its body (application/octet-stream); POST …/:rescueId/release answers 204. */
export const rescuesResponseSchema = z.object({ rescues: z.array(rescueEntrySchema) })
export const rescueResponseSchema = z.object({ rescue: rescueEntrySchema })

/** GET /v1/admin/load */
export const loadResponseSchema = z.object({ loads: z.array(loadEntrySchema) })

/** GET /v1/admin/restore; POST /v1/admin/restore/open answers 204. */
export const restoreGateResponseSchema = restoreGateSchema
export const openGateRequestSchema = z.object({ reason: openReasonSchema })
