import type { z } from 'zod'
import { accountSchema } from '#shared/domain/account/account.ts'
import { grantTermsSchema } from '#shared/domain/grant/grant.ts'
import { instantSchema } from '#shared/foundation/primitives.ts'

/** An account as the administrator's list shows it. */
export const accountEntrySchema = accountSchema.extend({
  /** Since when it is locked after wrong passwords, or its rights are revoked; null: it is not. */
  lockedAt: instantSchema.nullable(),
  disabledAt: instantSchema.nullable(),
  grant: grantTermsSchema
})
export type AccountEntry = z.infer<typeof accountEntrySchema>
