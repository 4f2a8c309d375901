import type { DeviceEntry, DeviceState } from '#shared/domain/administration/device-entry.ts'
import type { OutboxReport } from '#shared/sync-protocol/outbox-report.ts'
import type { Pool, Queryable } from '../db/pool.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import { noteShutOut, type ShutOutDevice } from './shut-out-register.ts'

interface DeviceRow {
  id: string
  name: string
  district_code: string
  enrolled_at: string
  last_contact_at: string
  app_version: string
  last_device_seq: number
  waiting: number | null
  refused: number | null
  oldest_waiting_at: string | null
  accounts: DeviceEntry['accounts'] | null
  lease_ends_at: string | null
  grace_ends_at: string | null
  revoked_at: string | null
  wipe_ordered_at: string | null
  wiped_at: string | null
}

/** The PCs of a district, the one that was heard of last first. */
export async function listDevices(db: Queryable, districtCode: string): Promise<DeviceEntry[]> {
  const { rows } = await db.query<DeviceRow>(
    `SELECT d.id, d.name, d.district_code, d.enrolled_at, d.last_contact_at, d.app_version, d.last_device_seq,
       d.waiting, d.refused, d.oldest_waiting_at, d.lease_ends_at, d.grace_ends_at,
       d.revoked_at, d.wipe_ordered_at, d.wiped_at,
       (SELECT jsonb_agg(jsonb_build_object('login', a.login, 'displayName', a.display_name, 'role', a.role) ORDER BY a.login)
        FROM device_accounts da JOIN accounts a ON a.id = da.account_id WHERE da.device_id = d.id) AS accounts
     FROM devices d WHERE d.district_code = $1 ORDER BY d.last_contact_at DESC, d.id`,
    [districtCode]
  )
  return rows.map(rowToEntry)
}

const rowToEntry = (row: DeviceRow): DeviceEntry => ({
  id: row.id,
  name: row.name,
  districtCode: row.district_code,
  state: stateOf(row),
  enrolledAt: row.enrolled_at,
  lastContactAt: row.last_contact_at,
  appVersion: row.app_version,
  lastDeviceSeq: row.last_device_seq,
  waiting: row.waiting,
  refused: row.refused,
  oldestWaitingAt: row.oldest_waiting_at,
  accounts: row.accounts ?? [],
  leaseEndsAt: row.lease_ends_at,
  graceEndsAt: row.grace_ends_at,
  revokedAt: row.revoked_at,
  wipeOrderedAt: row.wipe_ordered_at,
  wipedAt: row.wiped_at
})

function stateOf(row: DeviceRow): DeviceState {
  if (row.wiped_at !== null) return 'wiped'
  if (row.wipe_ordered_at !== null) return 'wipe_ordered'
  return row.revoked_at === null ? 'active' : 'revoked'
}

export interface Contact {
  readonly deviceId: string
  /** null: it said nothing. */
  readonly report: OutboxReport | null
}

/**
 * Notes what PCs say of themselves at a contact; true for each that was noted. One whose row somebody else is writing is
 * passed over: nobody waits for a note. Nor does it wait for the disk: a crash loses what the next contact says again.
 */
export async function noteContacts(db: Queryable, contacts: readonly Contact[], now: string): Promise<boolean[]> {
  const newest = [...new Map(contacts.map((contact) => [contact.deviceId, contact])).values()]
  const { rows } = await db.query<{ id: string }>({
    name: 'note-contacts',
    text: `WITH soon AS (SELECT set_config('synchronous_commit', 'off', true)),
      given AS (
        SELECT id, waiting, refused, oldest_waiting_at, is_report
        FROM unnest($1::uuid[], $2::integer[], $3::integer[], $4::timestamptz[], $5::boolean[])
          AS told (id, waiting, refused, oldest_waiting_at, is_report), soon
      ),
      free AS (SELECT d.id FROM devices d WHERE d.id = ANY($1::uuid[]) FOR NO KEY UPDATE SKIP LOCKED)
      UPDATE devices SET last_contact_at = $6,
        waiting = CASE WHEN given.is_report THEN given.waiting ELSE devices.waiting END,
        refused = CASE WHEN given.is_report THEN given.refused ELSE devices.refused END,
        oldest_waiting_at = CASE WHEN given.is_report THEN given.oldest_waiting_at ELSE devices.oldest_waiting_at END
      FROM given, free WHERE devices.id = given.id AND free.id = given.id
      RETURNING devices.id`,
    values: [
      newest.map(({ deviceId }) => deviceId),
      newest.map(({ report }) => report?.waiting ?? null),
      newest.map(({ report }) => report?.refused ?? null),
      newest.map(({ report }) => report?.oldestWaitingAt ?? null),
      newest.map(({ report }) => report !== null),
      now
    ]
  })
  const noted = new Set(rows.map(({ id }) => id))
  return contacts.map(({ deviceId }) => noted.has(deviceId))
}

/** Which PC, by whom, within which district. */
export interface DeviceOrder {
  readonly deviceId: string
  readonly districtCode: string
  readonly by: string
  readonly now: string
}

interface OrderDeps {
  readonly pool: Pool
  readonly keysPool: Pool
  readonly keyRing: KeyRing
}

/**
 * 사용 중지: its sessions end, no lease is renewed, and the centre's shares of its store key are destroyed: what lies on it
 * stays there and nothing opens it. False when there is no such PC in the district. Doing it again is harmless, and
 * finishes a first try that was cut off between the two databases.
 */
export async function revokeDevice(
  deps: OrderDeps,
  { deviceId, districtCode, by, now }: DeviceOrder
): Promise<boolean> {
  const { rowCount } = await deps.pool.query(
    `UPDATE devices SET revoked_at = coalesce(revoked_at, $3), revoked_by = coalesce(revoked_by, $4)
     WHERE id = $1 AND district_code = $2`,
    [deviceId, districtCode, now, by]
  )
  if (rowCount === 1) await shutOut(deps, { deviceId, how: 'revoked', at: now })
  return rowCount === 1
}

/**
 * 원격 삭제: the PC meets the order at its next contact, hands its unsent work over, deletes what lies on it and says so
 * (`reportWiped`). False when there is no such PC in the district. Ordering it again changes nothing.
 */
export async function orderWipe(deps: OrderDeps, { deviceId, districtCode, by, now }: DeviceOrder): Promise<boolean> {
  const { rowCount } = await deps.pool.query(
    `UPDATE devices SET wipe_ordered_at = coalesce(wipe_ordered_at, $3), wipe_ordered_by = coalesce(wipe_ordered_by, $4)
     WHERE id = $1 AND district_code = $2`,
    [deviceId, districtCode, now, by]
  )
  if (rowCount === 1) await shutOut(deps, { deviceId, how: 'wipe', at: now })
  return rowCount === 1
}

/** The PC says that nothing lies on it any more. The first time counts. */
export async function reportWiped(
  db: Queryable,
  { deviceId, handedOver, now }: { deviceId: string; handedOver: number; now: string }
): Promise<void> {
  await db.query(
    `UPDATE devices SET wiped_at = coalesce(wiped_at, $2), handed_over = coalesce(handed_over, $3), last_contact_at = $2,
       waiting = 0, refused = 0, oldest_waiting_at = NULL
     WHERE id = $1 AND wipe_ordered_at IS NOT NULL`,
    [deviceId, now, handedOver]
  )
}

async function shutOut({ keyRing, keysPool }: OrderDeps, order: ShutOutDevice): Promise<void> {
  const { deviceId } = order
  await noteShutOut(keysPool, order)
  await keyRing.destroyDeviceShare(deviceId)
  await keyRing.leaseShares.destroyOthers({ deviceId, leaseId: null })
}
