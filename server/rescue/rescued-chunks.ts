import type { AttachCommand } from '#shared/commands/unnumbered.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { Pool, Queryable } from '../db/pool.ts'
import { runTx, type Tx } from '../db/run-tx.ts'

/**
 * The pieces of documents that a PC hands over. They lie with their capsule, apart from those that came ahead of a
 * command: they do not expire while it is parked, and their case need not be here yet.
 */

/** Of one PC, a hundred documents of the largest size. */
export const MOST_RESCUED_BYTES = 2 * 1024 * 1024 * 1024

/** What the centre will need. Pieces that came ahead are copied: there they would expire. */
export async function noteWanted(tx: Tx, rescueId: string, documents: readonly AttachCommand[]): Promise<void> {
  const pieces = documents.flatMap(({ caseId, args: { documentId, chunks } }) =>
    chunks.map((sha256) => ({ caseId, documentId, sha256 }))
  )
  await tx.query(
    `INSERT INTO rescued_chunks (rescue_id, document_id, case_id, sha256, content)
     SELECT $1, given.document_id, given.case_id, given.sha256, ahead.content
     FROM unnest($2::uuid[], $3::uuid[], $4::bytea[]) AS given (document_id, case_id, sha256)
     LEFT JOIN document_chunks ahead ON ahead.case_id = given.case_id AND ahead.sha256 = given.sha256
       AND coalesce(ahead.document_id, given.document_id) = given.document_id
     ON CONFLICT DO NOTHING`,
    [
      rescueId,
      pieces.map(({ documentId }) => documentId),
      pieces.map(({ caseId }) => caseId),
      pieces.map(({ sha256 }) => Buffer.from(sha256, 'hex'))
    ]
  )
}

/** A case that was buried takes no document: its pieces are not asked for. */
const IS_NEEDED = `content IS NULL AND NOT EXISTS (SELECT 1 FROM tombstones t WHERE t.case_id = rescued_chunks.case_id)`

export async function wantedChunks(db: Queryable, rescueId: string): Promise<string[]> {
  const { rows } = await db.query<{ sha256: string }>(
    `SELECT encode(sha256, 'hex') AS sha256 FROM rescued_chunks WHERE rescue_id = $1 AND ${IS_NEEDED}
     ORDER BY document_id, sha256`,
    [rescueId]
  )
  return rows.map(({ sha256 }) => sha256)
}

export interface RescuedChunk {
  readonly rescueId: string
  readonly deviceId: string
  readonly sha256: string
  readonly content: Uint8Array
}

/**
 * Keeps a piece whose hash was checked, if a capsule of this PC asks for it; the same piece again changes nothing.
 */
export const takeRescuedChunk = (
  pool: Pool,
  { rescueId, deviceId, sha256, content }: RescuedChunk
): Promise<Result<null, { type: 'NotFound' } | { type: 'ChunkRefused'; cause: 'quota' }>> =>
  runTx(pool, async (tx) => {
    const place = [rescueId, Buffer.from(sha256, 'hex')]
    const { rows } = await tx.query<{ isHere: boolean; bytes: string }>(
      `SELECT c.content IS NOT NULL AS "isHere",
         (SELECT coalesce(sum(length(o.content)), 0) FROM rescued_chunks o JOIN rescues ro ON ro.id = o.rescue_id
          WHERE ro.device_id = $3) AS bytes
       FROM rescued_chunks c JOIN rescues r ON r.id = c.rescue_id
       WHERE c.rescue_id = $1 AND c.sha256 = $2 AND r.device_id = $3 AND r.state = 'parked' FOR UPDATE OF c`,
      [...place, deviceId]
    )
    const [row] = rows
    if (row === undefined) return err({ type: 'NotFound' as const })
    if (row.isHere) return ok(null)
    const isOver = Number(row.bytes) + content.length > MOST_RESCUED_BYTES
    if (isOver) return err({ type: 'ChunkRefused' as const, cause: 'quota' as const })
    const { rowCount } = await tx.query(
      `UPDATE rescued_chunks SET content = $3 WHERE rescue_id = $1 AND sha256 = $2 AND ${IS_NEEDED}`,
      [...place, content]
    )
    return rowCount === 1 ? ok(null) : err({ type: 'NotFound' as const })
  })

/** Documents of a rescue that have not gone in, and whether pieces of them are lacking. */
export async function openDocuments(db: Queryable, rescueId: string): Promise<Map<string, { isLacking: boolean }>> {
  const { rows } = await db.query<{ document_id: string; isLacking: boolean }>(
    `SELECT document_id, bool_or(${IS_NEEDED}) AS "isLacking" FROM rescued_chunks WHERE rescue_id = $1 GROUP BY document_id`,
    [rescueId]
  )
  return new Map(rows.map(({ document_id, isLacking }) => [document_id, { isLacking }]))
}

/** Lays the pieces of whole documents where the commands that attach them look for them. */
export async function layOut(
  pool: Pool,
  rescue: { rescueId: string; districtCode: string; documentIds: readonly string[]; now: string }
): Promise<void> {
  const chosen = [rescue.rescueId, rescue.documentIds, rescue.districtCode]
  await runTx(pool, async (tx) => {
    await tx.query(
      `INSERT INTO document_chunks (case_id, sha256, document_id, received_at, content)
       SELECT r.case_id, r.sha256, m.document_id, $4, r.content
       FROM rescued_chunks r JOIN cases c ON c.id = r.case_id AND c.district_code = $3
       LEFT JOIN missing_chunks m ON m.case_id = r.case_id AND m.sha256 = r.sha256
       WHERE r.rescue_id = $1 AND r.document_id = ANY($2::uuid[]) AND r.content IS NOT NULL
       FOR KEY SHARE OF c
       ON CONFLICT (case_id, sha256) DO UPDATE SET received_at = excluded.received_at`,
      [...chosen, rescue.now]
    )
    await tx.query(
      `DELETE FROM missing_chunks m USING rescued_chunks r, cases c
       WHERE r.rescue_id = $1 AND r.document_id = ANY($2::uuid[]) AND r.content IS NOT NULL AND c.id = r.case_id
         AND c.district_code = $3 AND m.case_id = r.case_id AND m.sha256 = r.sha256`,
      chosen
    )
  })
}
