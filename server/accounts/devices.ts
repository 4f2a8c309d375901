import type { Account } from '#shared/domain/account/account.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { SignInRequest } from '#shared/sync-protocol/sign-in.ts'
import type { Pool, Queryable } from '../db/pool.ts'
import { runTx, type Tx } from '../db/run-tx.ts'
import type { KeyRing } from '../keys/key-ring.ts'

/** A PC as the administrator's list shows it. */
export interface Device {
  readonly id: string
  readonly name: string
  readonly districtCode: string
  readonly enrolledAt: string
  readonly enrolledBy: string
  readonly lastContactAt: string
  readonly appVersion: string
  readonly lastDeviceSeq: number
  readonly revokedAt: string | null
}

export interface Enrolment {
  readonly account: Account
  readonly device: SignInRequest['device']
  readonly now: string
}

/**
 * Enters the PC with its first sign-in, under the district of the account that signed in; later it is that district's.
 * An account of another district is refused there: the PC's store holds what it may not see.
 */
export async function enrolDevice(
  tx: Tx,
  { account, device, now }: Enrolment
): Promise<Result<null, { type: 'DeviceRevoked' } | { type: 'RoleNotAllowed' }>> {
  const { rows } = await tx.query<{ district_code: string; revoked_at: string | null }>(
    `INSERT INTO devices (id, name, district_code, enrolled_at, enrolled_by, last_contact_at, app_version)
     VALUES ($1, $2, $3, $4, $5, $4, $6)
     ON CONFLICT (id) DO UPDATE SET
       name = excluded.name, app_version = excluded.app_version, last_contact_at = excluded.last_contact_at
     WHERE devices.revoked_at IS NULL AND devices.district_code = excluded.district_code
     RETURNING district_code, revoked_at`,
    [device.id, device.name, account.districtCode, now, account.id, device.appVersion]
  )
  if (rows.length === 0) return err({ type: (await isRevoked(tx, device.id)) ? 'DeviceRevoked' : 'RoleNotAllowed' })
  await tx.query(
    `INSERT INTO device_accounts (device_id, account_id, first_sign_in_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
    [device.id, account.id, now]
  )
  return ok(null)
}

async function isRevoked(db: Queryable, deviceId: string): Promise<boolean> {
  const { rows } = await db.query('SELECT id FROM devices WHERE id = $1 AND revoked_at IS NOT NULL', [deviceId])
  return rows.length > 0
}

interface DeviceRow {
  id: string
  name: string
  district_code: string
  enrolled_at: string
  enrolled_by: string
  last_contact_at: string
  app_version: string
  last_device_seq: number
  revoked_at: string | null
}

const rowToDevice = (row: DeviceRow): Device => ({
  id: row.id,
  name: row.name,
  districtCode: row.district_code,
  enrolledAt: row.enrolled_at,
  enrolledBy: row.enrolled_by,
  lastContactAt: row.last_contact_at,
  appVersion: row.app_version,
  lastDeviceSeq: row.last_device_seq,
  revokedAt: row.revoked_at
})

export async function listDevices(db: Queryable, districtCode: string): Promise<Device[]> {
  const { rows } = await db.query<DeviceRow>(
    `SELECT id, name, district_code, enrolled_at, enrolled_by, last_contact_at, app_version, last_device_seq, revoked_at
     FROM devices WHERE district_code = $1 ORDER BY enrolled_at, id`,
    [districtCode]
  )
  return rows.map(rowToDevice)
}

/**
 * Shuts a PC out: its sessions end and the centre's share of its store key is destroyed. False when there is no such PC
 * in the district. Doing it again is harmless, and finishes a first try that was cut off between the two databases.
 */
export async function revokeDevice(
  { pool, keyRing }: { pool: Pool; keyRing: KeyRing },
  { deviceId, districtCode, now }: { deviceId: string; districtCode: string; now: string }
): Promise<boolean> {
  const found = await runTx(pool, async (tx) => {
    const { rowCount } = await tx.query(
      'UPDATE devices SET revoked_at = coalesce(revoked_at, $3) WHERE id = $1 AND district_code = $2',
      [deviceId, districtCode, now]
    )
    return rowCount === 1
  })
  if (found) await keyRing.destroyDeviceShare(deviceId)
  return found
}
