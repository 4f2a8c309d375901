import type { GoneReason } from '#shared/sync-protocol/pull.ts'
import type { Queryable } from '../db/pool.ts'
import type { Tx } from '../db/run-tx.ts'
import { takeSeqs } from './district-stream.ts'

/** A case that left the district's desks, at its place in the district's stream. Kept for ever: no PC is away too long. */
export interface GoneRow {
  readonly caseId: string
  readonly seq: number
  readonly reason: GoneReason
}

/** Gives each case a place in the district's stream at which its desks learn that it is gone. */
export async function writeGoneLines(
  tx: Tx,
  { districtCode, reason, caseIds }: { districtCode: string; reason: GoneReason; caseIds: readonly string[] }
): Promise<void> {
  if (caseIds.length === 0) return
  const firstSeq = await takeSeqs(tx, { districtCode, count: caseIds.length })
  await tx.query(
    `INSERT INTO gone_lines (district_code, seq, case_id, reason)
     SELECT $1, $2 + place - 1, case_id, $3 FROM unnest($4::uuid[]) WITH ORDINALITY AS given (case_id, place)
     ON CONFLICT (district_code, case_id) DO UPDATE SET seq = excluded.seq, reason = excluded.reason`,
    [districtCode, firstSeq, reason, caseIds]
  )
}

/** The case is the district's again. */
export async function removeGoneLines(tx: Tx, districtCode: string, caseIds: readonly string[]): Promise<void> {
  await tx.query('DELETE FROM gone_lines WHERE district_code = $1 AND case_id = ANY($2::uuid[])', [
    districtCode,
    caseIds
  ])
}

/** Those after `cursor` and up to `end`, in the order of the stream. */
export async function readGoneLines(
  db: Queryable,
  { districtCode, cursor, end, limit }: { districtCode: string; cursor: number; end: number; limit: number }
): Promise<GoneRow[]> {
  const { rows } = await db.query<GoneRow>({
    name: 'gone-page',
    text: `SELECT case_id AS "caseId", seq, reason FROM gone_lines
      WHERE district_code = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT $4`,
    values: [districtCode, cursor, end, limit]
  })
  return rows
}

/** Those of the cases that were the district's and are another one's now. */
export async function leftTheDistrict(
  db: Queryable,
  districtCode: string,
  caseIds: readonly string[]
): Promise<Set<string>> {
  if (caseIds.length === 0) return new Set()
  const { rows } = await db.query<{ case_id: string }>(
    `SELECT case_id FROM gone_lines WHERE district_code = $1 AND case_id = ANY($2::uuid[]) AND reason = 'scope'`,
    [districtCode, caseIds]
  )
  return new Set(rows.map((row) => row.case_id))
}
