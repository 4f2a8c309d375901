import type { Account } from '#shared/domain/account/account.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { ApiError } from '#shared/sync-protocol/api-error.ts'
import type { SignInRequest } from '#shared/sync-protocol/sign-in.ts'
import type { Tx } from '../db/run-tx.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import { provedDevice } from './device-proof.ts'
import { redeemCode } from './enrolment-codes.ts'

export interface Enrolment {
  readonly account: Account
  readonly device: SignInRequest['device']
  readonly now: string
}

export interface EnrolmentDeps {
  readonly keyRing: Pick<KeyRing, 'enrolmentKey'>
  /** `open`: a new PC needs no code. For the demo and for tests. */
  readonly enrolment: 'open' | 'code'
}

export type EnrolmentError = Extract<
  ApiError,
  { type: 'DeviceRevoked' | 'DeviceWipeOrdered' | 'RoleNotAllowed' | 'EnrolmentNeeded' | 'EnrolmentCodeWrong' }
>

/** Wrong codes of one account until it has to wait. */
const MOST_WRONG_CODES = 5
const WAIT = '1 hour'

/**
 * Lets a PC in: one that is known by what it proves itself with, a new one by a code, under the district of the account
 * that signs in. An account of another district is refused there: the PC's store holds what it may not see. A PC that
 * lost its secret is as good as new, but goes on under its number: its unsent work is still to come.
 */
export async function enrolDevice(
  tx: Tx,
  deps: EnrolmentDeps,
  enrolment: Enrolment
): Promise<Result<{ lastDeviceSeq: number }, EnrolmentError>> {
  const { account, device, now } = enrolment
  const credentialHash = nodeCipher.sha256(device.credential)
  const known = await lockDevice(tx, device.id)
  if (known !== null) {
    const shut = whyShut(known, account)
    if (shut !== null) return err(shut)
  }
  const isProved = known !== null && proves(known, credentialHash)
  if (!isProved) {
    const allowed = await allowNew(tx, deps, enrolment)
    if (!allowed.ok) return allowed
  }
  await tx.query(
    `INSERT INTO devices (id, name, district_code, enrolled_at, enrolled_by, last_contact_at, app_version, credential_hash)
     VALUES ($1, $2, $3, $4, $5, $4, $6, $7)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, app_version = excluded.app_version,
       last_contact_at = excluded.last_contact_at, credential_hash = excluded.credential_hash`,
    [device.id, device.name, account.districtCode, now, account.id, device.appVersion, credentialHash]
  )
  await tx.query(
    `INSERT INTO device_accounts (device_id, account_id, first_sign_in_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
    [device.id, account.id, now]
  )
  for (const former of device.formerly ?? []) await takeOverAccounts(tx, former, enrolment)
  return ok({ lastDeviceSeq: known?.last_device_seq ?? 0 })
}

/** Whoever worked at the PC under an earlier id of its district may act through it under this one. */
async function takeOverAccounts(
  tx: Tx,
  former: { id: string; credential: string },
  { account, device, now }: Enrolment
): Promise<void> {
  const proved = await provedDevice(tx, { deviceId: former.id, credential: former.credential })
  const mayGoOn = proved !== null && !proved.isRevoked && !proved.isWipeOrdered
  if (!mayGoOn || proved.districtCode !== account.districtCode) return
  await tx.query(
    `INSERT INTO device_accounts (device_id, account_id, first_sign_in_at)
     SELECT $1, account_id, $3 FROM device_accounts WHERE device_id = $2 ON CONFLICT DO NOTHING`,
    [device.id, former.id, now]
  )
}

interface KnownDevice {
  district_code: string
  credential_hash: Uint8Array | null
  was_given_back: boolean
  last_device_seq: number
  revoked_at: string | null
  wipe_ordered_at: string | null
}

async function lockDevice(tx: Tx, deviceId: string): Promise<KnownDevice | null> {
  const { rows } = await tx.query<KnownDevice>(
    `SELECT district_code, credential_hash, was_given_back, last_device_seq, revoked_at, wipe_ordered_at
     FROM devices WHERE id = $1 FOR UPDATE`,
    [deviceId]
  )
  return rows[0] ?? null
}

/** The district comes first: what became of another district's PC is not told. */
function whyShut(known: KnownDevice, account: Account): EnrolmentError | null {
  if (known.district_code !== account.districtCode) return { type: 'RoleNotAllowed' }
  if (known.wipe_ordered_at !== null) return { type: 'DeviceWipeOrdered' }
  if (known.revoked_at !== null) return { type: 'DeviceRevoked' }
  return null
}

/**
 * A PC that was enrolled before PCs proved themselves does so from its next sign-in on. One that is known by a give-back
 * alone has proved nothing: its id is no secret.
 */
const proves = (known: KnownDevice, credentialHash: Uint8Array): boolean =>
  known.credential_hash === null ? !known.was_given_back : nodeCipher.equal(known.credential_hash, credentialHash)

async function allowNew(
  tx: Tx,
  deps: EnrolmentDeps,
  { account, device, now }: Enrolment
): Promise<Result<null, EnrolmentError>> {
  if (deps.enrolment === 'open') return ok(null)
  if (device.enrolmentCode === undefined) return err({ type: 'EnrolmentNeeded' })
  const wrong = await countWrongCode(tx, account.id, now) // taken back when the code is right
  if (wrong > MOST_WRONG_CODES) return err({ type: 'EnrolmentCodeWrong', attemptsLeft: 0 })
  const use = { code: device.enrolmentCode, districtCode: account.districtCode, deviceId: device.id, now }
  if (!(await redeemCode(tx, deps.keyRing, use))) {
    return err({ type: 'EnrolmentCodeWrong', attemptsLeft: MOST_WRONG_CODES - wrong })
  }
  await tx.query('DELETE FROM enrolment_attempts WHERE account_id = $1', [account.id])
  return ok(null)
}

async function countWrongCode(tx: Tx, accountId: string, now: string): Promise<number> {
  const { rows } = await tx.query<{ wrong: number }>(
    `INSERT INTO enrolment_attempts (account_id, wrong, last_at) VALUES ($1, 1, $2)
     ON CONFLICT (account_id) DO UPDATE SET last_at = excluded.last_at,
       wrong = CASE WHEN enrolment_attempts.last_at < excluded.last_at - interval '${WAIT}' THEN 1
                    ELSE least(enrolment_attempts.wrong + 1, $3 + 1) END
     RETURNING wrong`,
    [accountId, now, MOST_WRONG_CODES]
  )
  return rows[0]?.wrong ?? 1
}
