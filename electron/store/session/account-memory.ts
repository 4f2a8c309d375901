import { z } from 'zod'
import { accountSchema } from '#shared/domain/account/account.ts'
import { instantSchema } from '#shared/foundation/primitives.ts'
import type { ReadableDb, WriteTx } from '../db/database.ts'

/** What the store remembers of an account that signed in here; it lies in the encrypted file. */
const rememberedAccountSchema = z.object({
  account: accountSchema,
  serverUrl: z.url(),
  token: z.string(),
  tokenExpiresAt: instantSchema,
  /** The centre has refused the password that opens the store here: it was changed elsewhere. */
  passwordRefused: z.boolean().default(false)
})
export type RememberedAccount = z.infer<typeof rememberedAccountSchema>

const keyOf = (accountId: string): string => `account.${accountId}`

export function rememberAccount(tx: WriteTx, remembered: RememberedAccount): void {
  tx.run(
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    keyOf(remembered.account.id),
    JSON.stringify(remembered)
  )
}

export function rememberedAccount(db: ReadableDb, accountId: string): RememberedAccount | null {
  const text = db.pluck<string>('SELECT value FROM meta WHERE key = ?', keyOf(accountId))
  return text === undefined ? null : rememberedAccountSchema.parse(JSON.parse(text))
}
