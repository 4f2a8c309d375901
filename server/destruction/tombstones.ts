import type { BurialReason } from '#shared/domain/quarantine/quarantine-entry.ts'
import type { Queryable } from '../db/pool.ts'

/**
 * Which of the cases are buried. Kept for ever: however long a PC was away, what it brings for a case that was destroyed
 * meets the tombstone. Asked after the cases' rows were locked, so that one who buries at the same time is waited for.
 */
export async function buriedAmong(db: Queryable, caseIds: readonly string[]): Promise<Map<string, BurialReason>> {
  if (caseIds.length === 0) return new Map()
  const { rows } = await db.query<{ case_id: string; reason: BurialReason }>({
    name: 'buried-among',
    text: 'SELECT case_id, reason FROM tombstones WHERE case_id = ANY($1::uuid[])',
    values: [caseIds]
  })
  return new Map(rows.map((row) => [row.case_id, row.reason]))
}
