import type { Account } from '#shared/domain/account/account.ts'
import { type Redacted, redact } from '#shared/foundation/redacted.ts'
import type { SignInResponse } from '#shared/sync-protocol/sign-in.ts'

/** An administrator at this PC. She opens no store, and nothing of her session is on the disk. */
export interface AdminSession {
  readonly account: Account
  readonly serverUrl: string
  /** Bearer token at the centre; it lives as long as this object. */
  readonly token: Redacted<string>
}

export const adminSessionOf = ({ account, token }: SignInResponse, serverUrl: string): AdminSession => ({
  account,
  serverUrl,
  token: redact(token)
})
