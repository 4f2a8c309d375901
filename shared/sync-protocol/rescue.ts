import { z } from 'zod'
import { rescueEntrySchema } from '#shared/domain/administration/rescue-entry.ts'
import { chunkHashSchema } from '#shared/domain/document/case-document.ts'

/**
 * POST /v1/rescue with a capsule as its body (application/octet-stream): what became of it so far, and the pieces of its
 * documents that the centre does not have. They are sent by PUT /v1/rescue/:rescueId/chunks/:sha256, whose answer is 204;
 * then the capsule once more. POST /v1/rescue/:rescueId/end says that the PC has no more: what lacks pieces is lost.
 */
export const rescueAnswerSchema = z.object({ rescue: rescueEntrySchema, wanted: z.array(chunkHashSchema) })
export type RescueAnswer = z.infer<typeof rescueAnswerSchema>
