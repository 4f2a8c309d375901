import { z } from 'zod'
import { actorSchema } from '#shared/domain/account/account.ts'
import { instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'
import { newDocumentSchema } from './case-document.ts'

/** A document that was attached at a PC, before its command has a number. */
export const attachmentSchema = z.object({
  caseId: uuidSchema,
  document: newDocumentSchema,
  /** Who attached it, as she was known then. */
  actor: actorSchema,
  issuedAt: instantSchema,
  /** The number that its case goes by at the PC. */
  applicationNo: z.string().max(24)
})
export type Attachment = z.infer<typeof attachmentSchema>
