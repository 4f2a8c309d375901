import { type Account, seesCases } from '#shared/domain/account/account.ts'
import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import type { IdDep, TimeDep } from '#shared/foundation/deps.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { ApiError } from '#shared/sync-protocol/api-error.ts'
import type { SignInRequest, SignInResponse } from '#shared/sync-protocol/sign-in.ts'
import type { Pool } from '../db/pool.ts'
import { runTx } from '../db/run-tx.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import { ACCOUNT_COLUMNS, type AccountRow, rowToAccount } from './accounts.ts'
import { type EnrolmentDeps, type EnrolmentError, enrolDevice } from './enrolment.ts'
import { lendShare } from './leases.ts'
import type { PasswordHasher } from './password.ts'
import { rescueTermsOf } from './rescue-terms.ts'
import { createSession } from './sessions.ts'
import type { createTurnsByKey } from './turns.ts'

export interface SignInDeps extends TimeDep, IdDep, EnrolmentDeps {
  readonly pool: Pool
  readonly keyRing: KeyRing
  readonly hasher: PasswordHasher
  readonly centreId: string
  readonly sessionHours: number
  /** Attempts with one login take turns, so that several right ones at once do not count as wrong ones in between. */
  readonly signInTurns: ReturnType<typeof createTurnsByKey>
}

export type SignInError =
  | EnrolmentError
  | Extract<ApiError, { type: 'WrongCredentials' | 'AccountLocked' | 'GrantOver' }>

/** Wrong passwords until an account is locked. */
export const MAX_ATTEMPTS = 5

/**
 * Checks the password, lets the PC in, and opens a session. A login that does not exist is
 * answered like one that does: same time, same count down, same lock.
 */
export function signIn(deps: SignInDeps, request: SignInRequest): Promise<Result<SignInResponse, SignInError>> {
  return deps.signInTurns(request.login, () => attemptSignIn(deps, request))
}

async function attemptSignIn(deps: SignInDeps, request: SignInRequest): Promise<Result<SignInResponse, SignInError>> {
  const attempt = await reserveAttempt(deps, request.login)
  const isRight = await deps.hasher.verify(request.password, attempt.account?.password_hash ?? deps.hasher.nobodysHash)
  if (attempt.number > MAX_ATTEMPTS) return err({ type: 'AccountLocked' })
  if (!isRight || attempt.account === null) return err(wrongPassword(attempt))
  return (await openSession(deps, attempt.account, request)) ?? err(wrongPassword(attempt))
}

function wrongPassword({ number }: Attempt): SignInError {
  const attemptsLeft = MAX_ATTEMPTS - number
  return attemptsLeft === 0 ? { type: 'AccountLocked' } : { type: 'WrongCredentials', attemptsLeft }
}

interface Attempt {
  /** 1 to 5; more when the account was locked before. */
  readonly number: number
  readonly account: (AccountRow & { password_hash: string }) | null
}

/**
 * Counts the attempt as a failure before the password is looked at, and takes it back when it was right: many guesses
 * at once cannot all pass under the same count.
 */
async function reserveAttempt({ pool, now }: SignInDeps, login: string): Promise<Attempt> {
  const { rows } = await pool.query<AccountRow & { password_hash: string; failed_attempts: number }>(
    `UPDATE accounts SET
       failed_attempts = least(failed_attempts + 1, $2 + 1),
       locked_at = CASE WHEN failed_attempts + 1 >= $2 THEN coalesce(locked_at, $3::timestamptz) END
     WHERE login = $1 RETURNING ${ACCOUNT_COLUMNS}, password_hash, failed_attempts`,
    [login, MAX_ATTEMPTS, now()]
  )
  const [row] = rows
  if (row !== undefined) return { number: row.failed_attempts, account: row }
  return { number: await countUnknownLogin(pool, login, now()), account: null }
}

async function countUnknownLogin(pool: Pool, login: string, now: string): Promise<number> {
  await pool.query(`DELETE FROM unknown_logins WHERE last_attempt_at < $1::timestamptz - interval '30 days'`, [now])
  const { rows } = await pool.query<{ failed_attempts: number }>(
    `INSERT INTO unknown_logins (login_tag, failed_attempts, last_attempt_at) VALUES ($1, 1, $3)
     ON CONFLICT (login_tag) DO UPDATE SET
       failed_attempts = least(unknown_logins.failed_attempts + 1, $2 + 1), last_attempt_at = excluded.last_attempt_at
     RETURNING failed_attempts`,
    [nodeCipher.sha256(login), MAX_ATTEMPTS, now]
  )
  return rows[0]?.failed_attempts ?? 1
}

/** null: the password that was looked at has been replaced meanwhile. */
async function openSession(
  deps: SignInDeps,
  row: NonNullable<Attempt['account']>,
  { device }: SignInRequest
): Promise<Result<SignInResponse, SignInError> | null> {
  const { pool, centreId, sessionHours } = deps
  const account: Account = rowToAccount(row)
  const serverTime = deps.now()
  const session = await runTx(pool, async (tx) => {
    const { rows } = await tx.query<{ has_right: boolean }>(
      `UPDATE accounts SET failed_attempts = 0, locked_at = NULL WHERE id = $1 AND password_hash = $2
       RETURNING disabled_at IS NULL AND grant_starts <= $3 AND (grant_ends IS NULL OR grant_ends >= $3) AS has_right`,
      [account.id, row.password_hash, koreanDayOf(serverTime)]
    )
    if (rows[0] === undefined) return null
    if (!rows[0].has_right) return err<SignInError>({ type: 'GrantOver' })
    const isAdministrator = !seesCases(account.role)
    const enrolled = isAdministrator
      ? ok({ lastDeviceSeq: 0 }) // she opens no store, so no PC comes in with her
      : await enrolDevice(tx, deps, { account, device, now: serverTime })
    if (!enrolled.ok) return enrolled
    const deviceId = isAdministrator ? null : device.id
    const pass = await createSession(tx, { accountId: account.id, deviceId, now: serverTime, sessionHours })
    return ok({ ...pass, ...enrolled.value })
  })
  if (session === null || !session.ok) return session
  const { token, expiresAt, lastDeviceSeq } = session.value
  const shares = await sharesFor(deps, account, device)
  if (shares === null) return err({ type: 'DeviceRevoked' })
  return ok({
    account,
    token,
    tokenExpiresAt: expiresAt,
    ...shares,
    lastDeviceSeq,
    centreId,
    serverTime
  })
}

/**
 * An administrator opens no store: she gets no share of any, nor the ticket of a PC that has not proved itself here. null:
 * the PC was shut out while it signed in.
 */
async function sharesFor(
  deps: SignInDeps,
  { role, districtCode }: Account,
  { id: deviceId, leaseId }: SignInRequest['device']
): Promise<Pick<SignInResponse, 'deviceShare' | 'lease' | 'heldLeaseShare' | 'rescue'> | null> {
  if (!seesCases(role)) return { deviceShare: '', lease: null, heldLeaseShare: null, rescue: null }
  const { keyRing } = deps
  const held = leaseId === null ? null : await keyRing.leaseShares.read({ leaseId, deviceId })
  const deviceShare = await keyRing.deviceShare(deviceId)
  const lease = await lendShare(deps, { deviceId, districtCode, holds: leaseId })
  if (lease === null) {
    await keyRing.destroyDeviceShare(deviceId)
    return null
  }
  return {
    deviceShare: toBase64(deviceShare),
    lease,
    heldLeaseShare: held === null ? null : toBase64(held),
    rescue: rescueTermsOf(deps, deviceId)
  }
}

const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
