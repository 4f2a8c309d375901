import { z } from 'zod'
import { roleSchema } from '#shared/domain/account/account.ts'
import { uuidSchema } from '#shared/foundation/primitives.ts'

/** What an account would receive on a PC that has nothing yet. */
export const loadEntrySchema = z.object({
  accountId: uuidSchema,
  login: z.string(),
  displayName: z.string(),
  role: roleSchema,
  cases: z.int().nonnegative(),
  /** Over the line, compressed, and on the PC's disk afterwards; estimates from the district's own records. */
  lineBytes: z.int().nonnegative(),
  diskBytes: z.int().nonnegative()
})
export type LoadEntry = z.infer<typeof loadEntrySchema>
