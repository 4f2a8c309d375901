import type { Tx } from '../db/run-tx.ts'
import { writeGoneLines } from '../sync/gone-lines.ts'

/**
 * Cases that PCs of the district hold from before the restore, and that are another district's here: what moved them was
 * lost, or undone. The district's stream says so once more, behind the place from which its PCs receive anew.
 */
export async function tellElsewhere(
  tx: Tx,
  { districtCode, after }: { readonly districtCode: string; readonly after: number },
  caseIds: readonly string[]
): Promise<void> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT id FROM cases c WHERE id = ANY($1::uuid[]) AND district_code <> $2 AND NOT EXISTS (
       SELECT 1 FROM gone_lines g WHERE g.district_code = $2 AND g.case_id = c.id AND g.seq > $3)
     ORDER BY id FOR NO KEY UPDATE`,
    [caseIds, districtCode, after]
  )
  await writeGoneLines(tx, { districtCode, reason: 'scope', caseIds: rows.map(({ id }) => id) })
}
