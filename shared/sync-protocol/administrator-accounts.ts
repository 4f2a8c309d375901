import { z } from 'zod'
import { accountSchema } from '#shared/domain/account/account.ts'
import { accountEntrySchema } from '#shared/domain/administration/account-entry.ts'

/** GET /v1/admin/accounts; POST makes one; POST …/:accountId/{unlock,password,disable,enable} answer 204. */
export const accountsResponseSchema = z.object({ accounts: z.array(accountEntrySchema) })
export const createdAccountResponseSchema = z.object({ account: accountSchema })
