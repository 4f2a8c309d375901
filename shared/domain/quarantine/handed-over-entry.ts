import { z } from 'zod'
import { instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'

/** 넘겨받은 변경: an edit made in the district that had the case before, unsent when the case left it. */
export const handedOverEntrySchema = z.object({
  commandId: uuidSchema,
  caseId: uuidSchema,
  name: z.string(),
  fromDistrictCode: z.string(),
  /** The display name of the official who made it; null: not known. */
  issuedBy: z.string().nullable(),
  issuedAt: instantSchema,
  receivedAt: instantSchema
})
export type HandedOverEntry = z.infer<typeof handedOverEntrySchema>
