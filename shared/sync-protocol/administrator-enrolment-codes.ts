import { z } from 'zod'
import { codeNoteSchema, issuedCodeSchema, openCodeSchema } from '#shared/domain/administration/enrolment-code.ts'

/** GET and POST /v1/admin/enrolment-codes; DELETE …/:codeId answers 204. */
export const openCodesResponseSchema = z.object({ codes: z.array(openCodeSchema) })
export const issueCodeRequestSchema = z.object({ note: codeNoteSchema })
export const issueCodeResponseSchema = issuedCodeSchema
