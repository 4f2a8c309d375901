import type { CopyLine, CopyPlace, CopyProof } from '#shared/domain/destruction/copy-line.ts'
import type { BatchCopies } from '#shared/sync-protocol/batch-copies.ts'
import type { Queryable } from '../db/pool.ts'
import { newestVerification } from '../erasure/verifications.ts'

export interface CopiesQuery {
  readonly districtCode: string
  /** undefined: those that are executed and not completed. */
  readonly batchId?: string | undefined
}

/** How far batches of the district are executed, their ledgers and what was found of them since. */
export async function listCopies(db: Queryable, { districtCode, batchId }: CopiesQuery): Promise<BatchCopies[]> {
  const { rows } = await db.query<Omit<BatchCopies, 'copies' | 'verification'>>(
    `SELECT b.id AS "batchId", b.state,
       (SELECT count(*)::integer FROM destruction_items i JOIN tombstones t ON t.case_id = i.case_id
        WHERE i.batch_id = b.id AND i.item->'exclusion' = 'null' AND t.reason = 'destroyed') AS destroyed,
       (SELECT count(*)::integer FROM destruction_items i WHERE i.batch_id = b.id AND i.item->'exclusion' = 'null'
          AND NOT EXISTS (SELECT 1 FROM tombstones t WHERE t.case_id = i.case_id AND t.reason = 'destroyed')) AS left,
       (SELECT count(*)::integer FROM destruction_items i
        WHERE i.batch_id = b.id AND i.item->'exclusion'->>'kind' = 'dropped') AS dropped
     FROM destruction_batches b
     WHERE b.district_code = $1 AND CASE WHEN $2::uuid IS NULL THEN b.state IN ('executing', 'verifying') ELSE b.id = $2 END
     ORDER BY b.id`,
    [districtCode, batchId ?? null]
  )
  const lines = await copyLines(
    db,
    rows.map((row) => row.batchId)
  )
  const batches: BatchCopies[] = []
  for (const row of rows) {
    const verification = await newestVerification(db, row.batchId)
    batches.push({ ...row, copies: lines.get(row.batchId) ?? [], verification })
  }
  return batches
}

interface LineRow {
  batch_id: string
  place: CopyPlace
  ref: string
  name: string | null
  opened_at: string
  settled_at: string | null
  settled_how: CopyProof | 'written_off' | null
  by: string | null
  reason: string | null
}

async function copyLines(db: Queryable, batchIds: readonly string[]): Promise<Map<string, CopyLine[]>> {
  const { rows } = await db.query<LineRow>(
    `SELECT c.batch_id, c.place, c.ref, coalesce(d.name, p.run->>'number') AS name, c.opened_at, c.settled_at, c.settled_how, a.display_name AS by,
       c.written_off_reason AS reason
     FROM batch_copies c LEFT JOIN devices d ON d.id = c.ref LEFT JOIN accounts a ON a.id = c.written_off_by
       LEFT JOIN provision_runs p ON p.id = c.ref
     WHERE c.batch_id = ANY($1::uuid[]) ORDER BY c.batch_id, c.place, name, c.ref`,
    [batchIds]
  )
  const lines = new Map<string, CopyLine[]>(batchIds.map((batchId) => [batchId, []]))
  for (const row of rows) lines.get(row.batch_id)?.push(rowToLine(row))
  return lines
}

const rowToLine = (row: LineRow): CopyLine => ({
  place: row.place,
  ref: row.ref,
  name: row.name,
  openedAt: row.opened_at,
  settled: settledOf(row)
})

function settledOf({ settled_at: at, settled_how: how, by, reason }: LineRow): CopyLine['settled'] {
  if (at === null || how === null) return null
  return how === 'written_off'
    ? { type: 'written_off', at, by: by ?? '', reason: reason ?? '' }
    : { type: 'proven', how, at }
}
