import type { RescueEntry } from '#shared/domain/administration/rescue-entry.ts'
import type { Queryable } from '../db/pool.ts'

/** The register of rescues: which PC, when, how, and what became of its work, in counts only. */

export interface KnownPc {
  readonly deviceId: string
  readonly districtCode: string
  readonly isRevoked: boolean
}

export async function pcOf(db: Queryable, deviceId: string): Promise<KnownPc | null> {
  const { rows } = await db.query<{ district_code: string; revoked_at: string | null }>(
    'SELECT district_code, revoked_at FROM devices WHERE id = $1',
    [deviceId]
  )
  const [row] = rows
  return row === undefined ? null : { deviceId, districtCode: row.district_code, isRevoked: row.revoked_at !== null }
}

export interface NewRescue
  extends Pick<
    RescueEntry,
    'id' | 'via' | 'parkedFor' | 'receivedAt' | 'commands' | 'documents' | 'applied' | 'alreadyApplied' | 'refused'
  > {
  readonly pc: KnownPc
  readonly digest: Uint8Array
  readonly damaged: number
  /** Kept while something of it is parked. */
  readonly capsule: Uint8Array
}

/** False: the same capsule came at the same time, and its line stands. What both did was done once. */
export async function insertRescue(db: Queryable, rescue: NewRescue): Promise<boolean> {
  const { pc, parkedFor } = rescue
  const { rowCount } = await db.query(
    `INSERT INTO rescues (id, device_id, district_code, digest, via, state, parked_for, received_at, commands, documents,
       applied, already_applied, refused, damaged, capsule)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT (digest) DO NOTHING`,
    [
      ...[rescue.id, pc.deviceId, pc.districtCode, rescue.digest, rescue.via],
      ...[parkedFor === null ? 'applied' : 'parked', parkedFor, rescue.receivedAt],
      ...[rescue.commands, rescue.documents, rescue.applied, rescue.alreadyApplied, rescue.refused, rescue.damaged],
      parkedFor === null ? null : Buffer.from(rescue.capsule)
    ]
  )
  return rowCount === 1
}

/** A rescue of which something has not gone in. */
export interface ParkedRescue {
  readonly id: string
  readonly pc: Omit<KnownPc, 'isRevoked'>
  readonly parkedFor: NonNullable<RescueEntry['parkedFor']>
  readonly commands: number
  readonly documents: number
  readonly hasEnded: boolean
  readonly isReleased: boolean
  readonly capsule: Uint8Array
}

/** Those of a PC: the ones with commands first, since its documents belong to cases that these may bring. */
export async function parkedRescues(db: Queryable, deviceId: string): Promise<ParkedRescue[]> {
  const { rows } = await db.query<Omit<ParkedRescue, 'pc'> & { districtCode: string }>(
    `SELECT id, district_code AS "districtCode", parked_for AS "parkedFor", commands, documents, has_ended AS "hasEnded",
       released_at IS NOT NULL AS "isReleased", capsule
     FROM rescues WHERE device_id = $1 AND state = 'parked' ORDER BY commands = 0, received_at, id`,
    [deviceId]
  )
  return rows.map(({ districtCode, ...row }) => ({ ...row, pc: { deviceId, districtCode } }))
}

export async function listRescues(db: Queryable, districtCode: string): Promise<RescueEntry[]> {
  const { rows } = await db.query<RescueEntry>(
    `${SELECT_ENTRY} WHERE r.district_code = $1 ORDER BY r.received_at DESC, r.id`,
    [districtCode]
  )
  return rows
}

/** null: no such capsule has come. */
export async function rescueByDigest(db: Queryable, digest: Uint8Array): Promise<RescueEntry | null> {
  const { rows } = await db.query<RescueEntry>(`${SELECT_ENTRY} WHERE r.digest = $1`, [digest])
  return rows[0] ?? null
}

/** null: the PC has brought no such rescue. */
export async function rescueOfPc(
  db: Queryable,
  { rescueId, deviceId }: { rescueId: string; deviceId: string }
): Promise<RescueEntry | null> {
  const { rows } = await db.query<RescueEntry>(`${SELECT_ENTRY} WHERE r.id = $1 AND r.device_id = $2`, [
    rescueId,
    deviceId
  ])
  return rows[0] ?? null
}

const SELECT_ENTRY = `SELECT r.id, r.device_id AS "deviceId", d.name AS "deviceName", r.received_at AS "receivedAt", r.via,
  r.state, r.parked_for AS "parkedFor", r.commands, r.documents, r.applied, r.already_applied AS "alreadyApplied", r.refused,
  r.lost, r.damaged, r.released_at AS "releasedAt"
  FROM rescues r JOIN devices d ON d.id = r.device_id`
