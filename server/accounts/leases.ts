import type { LeaseTerms } from '#shared/domain/administration/lease-terms.ts'
import type { IdDep, TimeDep } from '#shared/foundation/deps.ts'
import type { Lease } from '#shared/sync-protocol/lease.ts'
import type { Pool, Queryable } from '../db/pool.ts'
import type { KeyRing } from '../keys/key-ring.ts'

export interface LeaseDeps extends TimeDep, IdDep {
  readonly pool: Pool
  readonly keyRing: Pick<KeyRing, 'leaseShares'>
}

const HOUR_MS = 3_600_000
const WEEK_HOURS = 7 * 24
/** Of a district that has not chosen: a week of work without the centre, and a second one in which nothing is deleted. */
export const DEFAULT_TERMS: LeaseTerms = { leaseHours: WEEK_HOURS, graceHours: WEEK_HOURS }
/** A lease is renewed twice a day, a short one after a quarter of its time. */
const RENEW_HOURS = 12

export async function leaseTerms(db: Queryable, districtCode: string): Promise<LeaseTerms> {
  const { rows } = await db.query<{ lease_hours: number; grace_hours: number }>(
    'SELECT lease_hours, grace_hours FROM lease_terms WHERE district_code = $1',
    [districtCode]
  )
  const [row] = rows
  return row === undefined ? DEFAULT_TERMS : { leaseHours: row.lease_hours, graceHours: row.grace_hours }
}

/** Holds for leases from now on; PCs learn of it with their next renewal. */
export async function setLeaseTerms(
  db: Queryable,
  terms: LeaseTerms & { districtCode: string; setBy: string; now: string }
): Promise<void> {
  await db.query(
    `INSERT INTO lease_terms (district_code, lease_hours, grace_hours, set_by, set_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (district_code) DO UPDATE SET lease_hours = excluded.lease_hours, grace_hours = excluded.grace_hours,
       set_by = excluded.set_by, set_at = excluded.set_at`,
    [terms.districtCode, terms.leaseHours, terms.graceHours, terms.setBy, terms.now]
  )
}

/**
 * Lends the PC a fresh share for the district's hours. The share that it still stands under is kept until it says that
 * the new one is written down; any other is destroyed here. null: the PC was shut out meanwhile. That is looked at last,
 * so that a share made while the PC is shut out is destroyed by one of the two.
 */
export async function lendShare(
  { pool, keyRing, now, newId }: LeaseDeps,
  pc: { deviceId: string; districtCode: string; holds: string | null }
): Promise<Lease | null> {
  const { deviceId, districtCode, holds } = pc
  await keyRing.leaseShares.destroyOthers({ deviceId, leaseId: holds })
  const terms = await leaseTerms(pool, districtCode)
  const id = newId()
  const issuedAt = now()
  const share = await keyRing.leaseShares.make({ leaseId: id, deviceId })
  const inHours = (hours: number) => new Date(Date.parse(issuedAt) + hours * HOUR_MS).toISOString()
  const endsAt = inHours(terms.leaseHours)
  const graceEndsAt = inHours(terms.leaseHours + terms.graceHours)
  const { rowCount } = await pool.query(
    `UPDATE devices SET lease_ends_at = $2, grace_ends_at = $3, last_contact_at = $4
     WHERE id = $1 AND revoked_at IS NULL AND wipe_ordered_at IS NULL`,
    [deviceId, endsAt, graceEndsAt, issuedAt]
  )
  if (rowCount !== 1) {
    await keyRing.leaseShares.destroyOthers({ deviceId, leaseId: null })
    return null
  }
  const renewAfter = inHours(Math.min(RENEW_HOURS, terms.leaseHours / 4))
  return { id, share: Buffer.from(share).toString('base64'), issuedAt, endsAt, graceEndsAt, renewAfter }
}
