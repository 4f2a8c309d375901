import { z } from 'zod'
import { instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'

/** What a code is for, as the administrator notes it: the PC's place, never a citizen. */
export const codeNoteSchema = z.string().trim().max(60)

/** A code that has been given out and not yet used; the code itself is shown once and not kept. */
export const openCodeSchema = z.object({
  id: uuidSchema,
  note: codeNoteSchema,
  issuedAt: instantSchema,
  issuedBy: z.string(),
  expiresAt: instantSchema
})
export type OpenCode = z.infer<typeof openCodeSchema>

/** `XXXX-XXXX`, without letters and digits that look alike. */
export const issuedCodeSchema = openCodeSchema.extend({ code: z.string().max(20) })
export type IssuedCode = z.infer<typeof issuedCodeSchema>
