import type { z } from 'zod'
import { accountSchema } from '#shared/domain/account/account.ts'
import { instantSchema } from '#shared/foundation/primitives.ts'

/** An account as the administrator's list shows it. */
export const accountEntrySchema = accountSchema.extend({
  /** Since when it is locked after wrong passwords, or shut out by an administrator; null: it is not. */
  lockedAt: instantSchema.nullable(),
  disabledAt: instantSchema.nullable()
})
export type AccountEntry = z.infer<typeof accountEntrySchema>
