import type { RescueEntry } from '#shared/domain/administration/rescue-entry.ts'
import type { IdDep, TimeDep } from '#shared/foundation/deps.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { PushLanes } from '../commands/push-lanes.ts'
import type { Pool, Queryable } from '../db/pool.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import { applyRescued } from './apply-rescued.ts'
import { type CapsuleRefused, type OpenedCapsule, openCapsule } from './open-capsule.ts'

export interface RescueDeps extends TimeDep, IdDep {
  readonly pool: Pool
  readonly keyRing: KeyRing
  readonly pushLanes: PushLanes
}

export interface BroughtCapsule {
  readonly bytes: Uint8Array
  /** Sent by the PC itself, or brought as a file. */
  readonly via: 'line' | 'file'
  /** It must name this PC. */
  readonly deviceId?: string
  /** The PC must be of this district. */
  readonly districtCode?: string
}

/**
 * Takes a capsule in: its commands are applied as the PC's own, and the register gets a line with counts. Those of a PC
 * that was shut out are parked, as are those behind a gap, until an administrator releases them. The same capsule again
 * is answered with the same line.
 */
export async function receiveRescue(
  deps: RescueDeps,
  brought: BroughtCapsule
): Promise<Result<RescueEntry, CapsuleRefused>> {
  const opened = openCapsule(deps.keyRing, brought.bytes)
  if (!opened.ok) return opened
  const capsule = opened.value
  const foreign = err<CapsuleRefused>({ type: 'CapsuleRefused', cause: 'foreign' })
  const pc = await pcOf(deps.pool, capsule.deviceId)
  if (pc === null || (brought.districtCode ?? pc.districtCode) !== pc.districtCode) return foreign
  if ((brought.deviceId ?? pc.deviceId) !== pc.deviceId) return err({ type: 'CapsuleRefused', cause: 'forged' })
  const known = await entryByDigest(deps.pool, capsule.digest)
  if (known !== null) return ok(known)
  const outcome = pc.isRevoked ? NOTHING_YET : await applyRescued(deps, pc, { ...capsule, overGaps: false })
  const parkedFor = pc.isRevoked && capsule.commands.length > 0 ? 'revoked' : outcome.hasGap ? 'gap' : null
  await insertRescue(deps, { pc, capsule, brought, outcome, parkedFor })
  const entry = await entryByDigest(deps.pool, capsule.digest)
  if (entry === null) throw new Error('a rescue that was just registered is not there')
  return ok(entry)
}

const NOTHING_YET = { applied: 0, alreadyApplied: 0, refused: 0, hasGap: false }

/** Applies what is parked, also behind a gap. False when the district has no such parked rescue. */
export async function releaseRescue(
  deps: RescueDeps,
  { rescueId, districtCode, by }: { rescueId: string; districtCode: string; by: string }
): Promise<boolean> {
  const { rows } = await deps.pool.query<{ device_id: string; capsule: Uint8Array }>(
    `SELECT device_id, capsule FROM rescues WHERE id = $1 AND district_code = $2 AND state = 'parked'`,
    [rescueId, districtCode]
  )
  const [row] = rows
  if (row === undefined) return false
  const opened = openCapsule(deps.keyRing, row.capsule)
  if (!opened.ok) throw new Error('a parked capsule does not open any more')
  const pc = { deviceId: row.device_id, districtCode }
  const outcome = await applyRescued(deps, pc, { ...opened.value, overGaps: true })
  await deps.pool.query(
    `UPDATE rescues SET state = 'released', capsule = NULL, released_at = $2, released_by = $3,
       applied = applied + $4, already_applied = $5, refused = $6 WHERE id = $1 AND state = 'parked'`,
    [rescueId, deps.now(), by, outcome.applied, outcome.alreadyApplied, outcome.refused]
  )
  return true
}

export async function listRescues(db: Queryable, districtCode: string): Promise<RescueEntry[]> {
  const { rows } = await db.query<RescueRow>(
    `${SELECT_ENTRY} WHERE r.district_code = $1 ORDER BY r.received_at DESC, r.id`,
    [districtCode]
  )
  return rows.map(rowToEntry)
}

interface KnownPc {
  readonly deviceId: string
  readonly districtCode: string
  readonly isRevoked: boolean
}

async function pcOf(db: Queryable, deviceId: string): Promise<KnownPc | null> {
  const { rows } = await db.query<{ district_code: string; revoked_at: string | null }>(
    'SELECT district_code, revoked_at FROM devices WHERE id = $1',
    [deviceId]
  )
  const [row] = rows
  return row === undefined ? null : { deviceId, districtCode: row.district_code, isRevoked: row.revoked_at !== null }
}

interface NewRescue {
  readonly pc: KnownPc
  readonly capsule: OpenedCapsule
  readonly brought: BroughtCapsule
  readonly outcome: { readonly applied: number; readonly alreadyApplied: number; readonly refused: number }
  readonly parkedFor: RescueEntry['parkedFor']
}

/** A second upload of the same capsule at the same time has done nothing twice: the first line stands. */
async function insertRescue(
  { pool, newId, now }: RescueDeps,
  { pc, capsule, brought, outcome, parkedFor }: NewRescue
): Promise<void> {
  await pool.query(
    `INSERT INTO rescues (id, device_id, district_code, digest, via, state, parked_for, received_at, commands, applied,
       already_applied, refused, damaged, capsule)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT (digest) DO NOTHING`,
    [
      newId(),
      pc.deviceId,
      pc.districtCode,
      capsule.digest,
      brought.via,
      parkedFor === null ? 'applied' : 'parked',
      parkedFor,
      now(),
      capsule.commands.length,
      outcome.applied,
      outcome.alreadyApplied,
      outcome.refused,
      capsule.unreadable,
      parkedFor === null ? null : Buffer.from(brought.bytes)
    ]
  )
}

interface RescueRow {
  id: string
  device_id: string
  device_name: string
  received_at: string
  via: RescueEntry['via']
  state: RescueEntry['state']
  parked_for: RescueEntry['parkedFor']
  commands: number
  applied: number
  already_applied: number
  refused: number
  damaged: number
  released_at: string | null
}

const SELECT_ENTRY = `SELECT r.id, r.device_id, d.name AS device_name, r.received_at, r.via, r.state, r.parked_for,
  r.commands, r.applied, r.already_applied, r.refused, r.damaged, r.released_at
  FROM rescues r JOIN devices d ON d.id = r.device_id`

async function entryByDigest(db: Queryable, digest: Uint8Array): Promise<RescueEntry | null> {
  const { rows } = await db.query<RescueRow>(`${SELECT_ENTRY} WHERE r.digest = $1`, [digest])
  return rows[0] === undefined ? null : rowToEntry(rows[0])
}

const rowToEntry = (row: RescueRow): RescueEntry => ({
  id: row.id,
  deviceId: row.device_id,
  deviceName: row.device_name,
  receivedAt: row.received_at,
  via: row.via,
  state: row.state,
  parkedFor: row.parked_for,
  commands: row.commands,
  applied: row.applied,
  alreadyApplied: row.already_applied,
  refused: row.refused,
  damaged: row.damaged,
  releasedAt: row.released_at
})
