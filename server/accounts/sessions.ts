import type { Account } from '#shared/domain/account/account.ts'
import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { Queryable } from '../db/pool.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import { type AccountRow, rowToAccount } from './accounts.ts'

/** An account that signed in, proved by a bearer token of which only the hash is kept. */
export interface Session {
  readonly account: Account
  /** The PC whose store it opened; null: an administrator, who opens none. */
  readonly deviceId: string | null
  readonly tokenHash: Uint8Array
}

/** An account on a PC with a store. */
export interface DeskSession extends Session {
  readonly deviceId: string
}

export interface NewSession {
  readonly accountId: string
  readonly deviceId: string | null
  readonly now: string
  readonly sessionHours: number
}

const TOKEN_BYTES = 32
const HOUR_MS = 3_600_000

export async function createSession(
  db: Queryable,
  { accountId, deviceId, now, sessionHours }: NewSession
): Promise<{ token: string; expiresAt: string }> {
  const token = Buffer.from(nodeCipher.randomBytes(TOKEN_BYTES)).toString('base64url')
  const expiresAt = new Date(Date.parse(now) + sessionHours * HOUR_MS).toISOString()
  await db.query('DELETE FROM sessions WHERE expires_at < $1', [now])
  await db.query(
    'INSERT INTO sessions (token_hash, account_id, device_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)',
    [hashToken(token), accountId, deviceId, now, expiresAt]
  )
  return { token, expiresAt }
}

interface SessionRow extends AccountRow {
  has_right: boolean
  token_hash: Uint8Array
  device_id: string | null
  revoked_at: string | null
  wipe_ordered_at: string | null
}

/**
 * Who the token speaks for, at this moment: still under the grant with which it was opened, still of the PC's district, PC
 * not shut out; or still an administrator, where there is no PC.
 */
export async function sessionByToken(
  db: Queryable,
  { token, now }: { token: string; now: string }
): Promise<SessionResult> {
  const [session] = await sessionsByTokens(db, { tokens: [token], now })
  return session ?? err({ type: 'SessionInvalid' })
}

export type SessionResult = Result<
  Session,
  { type: 'SessionInvalid' | 'GrantOver' | 'DeviceRevoked' | 'DeviceWipeOrdered' }
>

/** The same of several tokens, in their order. */
export async function sessionsByTokens(
  db: Queryable,
  { tokens, now }: { tokens: readonly string[]; now: string }
): Promise<SessionResult[]> {
  const hashes = tokens.map(hashToken)
  const { rows } = await db.query<SessionRow>({
    name: 'sessions-by-tokens',
    text: `SELECT a.id, a.login, a.display_name, a.department, a.role, a.district_code, a.grant_ends, a.edits, a.reveals,
       ${HAS_RIGHT} AS has_right, s.token_hash, s.device_id, d.revoked_at, d.wipe_ordered_at
     FROM sessions s JOIN accounts a ON a.id = s.account_id LEFT JOIN devices d ON d.id = s.device_id
     WHERE s.token_hash = ANY($1::bytea[]) AND s.expires_at > $2
       AND (d.district_code = a.district_code OR (s.device_id IS NULL AND a.role = 'administrator'))`,
    values: [hashes, now, koreanDayOf(now)]
  })
  const byHash = new Map(rows.map((row) => [hexOf(row.token_hash), row]))
  return hashes.map((tokenHash) => sessionOf(byHash.get(hexOf(tokenHash)), tokenHash))
}

/** Nobody's rights are revoked, changed since, or over. $3: the day in Korea. */
const HAS_RIGHT = `(a.disabled_at IS NULL AND a.grant_since <= s.created_at AND a.grant_starts <= $3
  AND (a.grant_ends IS NULL OR a.grant_ends >= $3))`

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

function sessionOf(row: SessionRow | undefined, tokenHash: Uint8Array): SessionResult {
  if (row === undefined) return err({ type: 'SessionInvalid' })
  if (!row.has_right) return err({ type: 'GrantOver' })
  if (row.wipe_ordered_at !== null) return err({ type: 'DeviceWipeOrdered' })
  if (row.revoked_at !== null) return err({ type: 'DeviceRevoked' })
  return ok({ account: rowToAccount(row), deviceId: row.device_id, tokenHash })
}

/** Those of the token hashes (hex) whose session still stands. */
export async function standingSessions(
  db: Queryable,
  { tokenHashes, now }: { tokenHashes: readonly Uint8Array[]; now: string }
): Promise<Set<string>> {
  const { rows } = await db.query<{ token_hash: string }>(
    `SELECT encode(s.token_hash, 'hex') AS token_hash
     FROM sessions s JOIN accounts a ON a.id = s.account_id JOIN devices d ON d.id = s.device_id
     WHERE s.token_hash = ANY($1::bytea[]) AND s.expires_at > $2 AND ${HAS_RIGHT} AND d.revoked_at IS NULL
       AND d.wipe_ordered_at IS NULL AND d.district_code = a.district_code`,
    [tokenHashes, now, koreanDayOf(now)]
  )
  return new Set(rows.map((row) => row.token_hash))
}

export async function endSession(db: Queryable, tokenHash: Uint8Array): Promise<void> {
  await db.query('DELETE FROM sessions WHERE token_hash = $1', [tokenHash])
}

const hashToken = (token: string): Uint8Array => nodeCipher.sha256(token)
