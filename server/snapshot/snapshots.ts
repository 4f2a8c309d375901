import { STORE_FORMAT } from '#shared/store-format/schema.ts'
import {
  chunkContext,
  MOST_SNAPSHOT_CHUNKS,
  type SnapshotEncoding,
  type SnapshotReady,
  type SnapshotRequest,
  type SnapshotResponse
} from '#shared/sync-protocol/snapshot.ts'
import type { DeskSession } from '../accounts/sessions.ts'
import type { Centre } from '../centre.ts'
import { runTx } from '../db/run-tx.ts'
import { changeStream } from '../sync/change-stream.ts'
import { makeImage } from './make-image.ts'

/** Below, the stream is as fast; above, an image would take more memory than a server should give away. */
export interface SnapshotLimits {
  readonly fewest: number
  readonly most: number
}
export const SNAPSHOT_LIMITS: SnapshotLimits = { fewest: 5000, most: 500_000 }

/** How long a copy stands, and for how long an unfinished one keeps others from being begun. */
const STANDS_MS = 15 * 60_000
const MAKING_MS = 5 * 60_000
const COME_AGAIN_MS = 1000

type Db = Pick<Centre, 'pool' | 'keyRing' | 'cipher' | 'now'>
type Destroying = Pick<Db, 'pool' | 'now'> & { readonly keyRing: Pick<Centre['keyRing'], 'destroySnapshotKeys'> }

interface CopyRow {
  id: string
  cases: number | null
  stream_cursor: number | null
  line_bytes: number | null
  ready_at: string | null
  expires_at: string
}

/** Answers with a copy that stands, or begins one. `background` is told what goes on after the answer. */
export async function requestSnapshot(
  centre: Centre,
  session: DeskSession,
  asked: SnapshotRequest & { readonly limits: SnapshotLimits; readonly background: (work: Promise<void>) => void }
): Promise<SnapshotResponse> {
  const { districtCode } = session.account
  if (asked.format !== STORE_FORMAT) return { type: 'Unavailable' }
  const cases = await countCases(centre, districtCode)
  if (cases < asked.limits.fewest || cases > asked.limits.most) return { type: 'Unavailable' }
  const standing = await standingCopy(centre, { districtCode, encoding: asked.encoding })
  if (standing?.ready_at !== null && standing !== null) return give(centre, session, standing)
  if (standing === null) {
    const id = await begin(centre, session, asked.encoding)
    if (id !== null) asked.background(make(centre, session, { id, encoding: asked.encoding }))
  }
  return { type: 'Preparing', retryAfterMs: COME_AGAIN_MS }
}

async function countCases({ pool }: Db, districtCode: string): Promise<number> {
  const { rows } = await pool.query<{ cases: number }>('SELECT count(*) AS cases FROM cases WHERE district_code = $1', [
    districtCode
  ])
  return rows[0]?.cases ?? 0
}

async function standingCopy(
  { pool, now }: Db,
  { districtCode, encoding }: { districtCode: string; encoding: SnapshotEncoding }
): Promise<CopyRow | null> {
  const { rows } = await pool.query<CopyRow>(
    `SELECT id, cases, stream_cursor, line_bytes, ready_at, expires_at FROM snapshot_copies
     WHERE district_code = $1 AND encoding = $2 AND destroyed_at IS NULL AND expires_at > $3
     ORDER BY begun_at DESC LIMIT 1`,
    [districtCode, encoding, now()]
  )
  return rows[0] ?? null
}

/** Writes the copy into the ledger before there is one. null: another server has just begun. */
async function begin(centre: Centre, session: DeskSession, encoding: SnapshotEncoding): Promise<string | null> {
  const { account, deviceId } = session
  const { districtCode } = account
  return runTx(centre.pool, async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`snapshot:${districtCode}`])
    const now = centre.now()
    const { rowCount } = await tx.query(
      `SELECT id FROM snapshot_copies
       WHERE district_code = $1 AND encoding = $2 AND destroyed_at IS NULL AND expires_at > $3`,
      [districtCode, encoding, now]
    )
    if (rowCount !== 0) return null
    const id = centre.newId()
    await tx.query(
      `INSERT INTO snapshot_copies (id, district_code, encoding, made_by, made_for_device, begun_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [id, districtCode, encoding, account.id, deviceId, now, later(now, MAKING_MS)]
    )
    return id
  })
}

const later = (instant: string, ms: number): string => new Date(Date.parse(instant) + ms).toISOString()

/** The stream as any desk would get it, packed, sealed under the copy's own key, part by part. */
async function make(
  centre: Centre,
  { account, deviceId }: DeskSession,
  { id, encoding }: { id: string; encoding: SnapshotEncoding }
): Promise<void> {
  const { pool, cipher, keyRing, snapshotParts } = centre
  try {
    const key = await keyRing.snapshotKey(id)
    let lineBytes = 0
    const onPart = async (no: number, bytes: Uint8Array): Promise<void> => {
      if (no >= MOST_SNAPSHOT_CHUNKS) throw new Error('a copy has too many parts')
      const sealed = cipher.seal(key, bytes, chunkContext(id, no))
      lineBytes += sealed.length
      snapshotParts.put(id, no, sealed)
      await pool.query('INSERT INTO snapshot_chunks (snapshot_id, no, sha256, content) VALUES ($1, $2, $3, $4)', [
        id,
        no,
        cipher.sha256(sealed),
        sealed
      ])
    }
    const range = { districtCode: account.districtCode, deviceId, cursor: 0, limit: 1_000_000 }
    const { cases, cursor } = await makeImage(changeStream(centre, range), { encoding, onPart })
    const now = centre.now()
    const { rowCount } = await pool.query(
      `UPDATE snapshot_copies SET ready_at = $2, expires_at = $3, cases = $4, stream_cursor = $5, line_bytes = $6
       WHERE id = $1 AND destroyed_at IS NULL`,
      [id, now, later(now, STANDS_MS), cases, cursor, lineBytes]
    )
    if (rowCount === 0) await destroy(centre, [id]) // it was to be nowhere any more while it was made
  } catch (fault) {
    await destroy(centre, [id])
    throw fault
  }
}

/** Hands out the key of a copy that stands, and writes down to whom. */
async function give(centre: Centre, session: DeskSession, copy: CopyRow): Promise<SnapshotReady> {
  const { pool, keyRing, centreId } = centre
  await pool.query(
    `INSERT INTO snapshot_takers (snapshot_id, device_id, account_id, first_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (snapshot_id, device_id) DO NOTHING`,
    [copy.id, session.deviceId, session.account.id, centre.now()]
  )
  const { rows } = await pool.query<{ sha256: string }>(
    "SELECT encode(sha256, 'hex') AS sha256 FROM snapshot_chunks WHERE snapshot_id = $1 ORDER BY no",
    [copy.id]
  )
  return {
    type: 'Ready',
    snapshotId: copy.id,
    centreId,
    key: Buffer.from(await keyRing.snapshotKey(copy.id)).toString('base64'),
    cursor: copy.stream_cursor ?? 0,
    cases: copy.cases ?? 0,
    chunks: rows.map(({ sha256 }) => sha256),
    lineBytes: copy.line_bytes ?? 0,
    expiresAt: copy.expires_at
  }
}

/** One sealed part, counted; null: there is no such part of a copy that stands in the PC's own district. */
export async function snapshotPart(
  { pool, now, snapshotParts }: Db & Pick<Centre, 'snapshotParts'>,
  { account, deviceId }: DeskSession,
  { snapshotId, no }: { snapshotId: string; no: number }
): Promise<Uint8Array | null> {
  const { rowCount } = await pool.query(
    `UPDATE snapshot_takers taker SET parts = taker.parts + 1 FROM snapshot_copies copy
     WHERE taker.snapshot_id = $1 AND taker.device_id = $3 AND copy.id = $1 AND copy.district_code = $2
       AND copy.destroyed_at IS NULL AND copy.ready_at IS NOT NULL AND copy.expires_at > $4`,
    [snapshotId, account.districtCode, deviceId, now()]
  )
  if (rowCount === 0) return null
  const kept = snapshotParts.get(snapshotId, no)
  if (kept !== null) return kept
  const { rows } = await pool.query<{ content: Uint8Array }>(
    'SELECT content FROM snapshot_chunks WHERE snapshot_id = $1 AND no = $2',
    [snapshotId, no]
  )
  const [found] = rows
  if (found === undefined) return null
  snapshotParts.put(snapshotId, no, found.content)
  return found.content
}

/**
 * Destroys, keys first, the copies whose time is over and those from before a burial, which a crash may have left, and lets
 * go of the parts of those that any server destroyed.
 */
export async function destroyExpiredSnapshots(db: Db & Pick<Centre, 'snapshotParts'>): Promise<void> {
  const { rows } = await db.pool.query<{ id: string }>(
    `SELECT id FROM snapshot_copies c WHERE destroyed_at IS NULL AND (expires_at <= $1 OR EXISTS (
       SELECT 1 FROM tombstones t WHERE t.district_code = c.district_code AND t.at >= c.begun_at))`,
    [db.now()]
  )
  await destroy(
    db,
    rows.map(({ id }) => id)
  )
  const kept = db.snapshotParts.copies()
  if (kept.length === 0) return
  const gone = await db.pool.query<{ id: string }>(
    'SELECT id FROM snapshot_copies WHERE destroyed_at IS NOT NULL AND id = ANY($1::uuid[])',
    [kept]
  )
  db.snapshotParts.drop(gone.rows.map(({ id }) => id))
}

/** Destroys the copies of a district at once: a case in them must be nowhere any more. */
export async function destroySnapshotsOf(db: Destroying, districtCode: string): Promise<void> {
  const { rows } = await db.pool.query<{ id: string }>(
    'SELECT id FROM snapshot_copies WHERE destroyed_at IS NULL AND district_code = $1',
    [districtCode]
  )
  await destroy(
    db,
    rows.map(({ id }) => id)
  )
}

async function destroy({ pool, keyRing, now }: Destroying, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await keyRing.destroySnapshotKeys(ids)
  await pool.query('DELETE FROM snapshot_chunks WHERE snapshot_id = ANY($1::uuid[])', [ids])
  await pool.query('UPDATE snapshot_copies SET destroyed_at = $2 WHERE id = ANY($1::uuid[]) AND destroyed_at IS NULL', [
    ids,
    now()
  ])
}
