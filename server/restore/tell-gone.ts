import type { Tx } from '../db/run-tx.ts'
import { buriedAmong } from '../destruction/tombstones.ts'
import { writeGoneLines } from '../sync/gone-lines.ts'

/**
 * Cases that PCs of the district hold from before the restore, and that are another district's here, because what moved
 * them was lost or undone, or were buried before it had them again. The district's stream says so once more, behind the
 * place from which its PCs receive anew.
 */
export async function tellGone(
  tx: Tx,
  { districtCode, after }: { readonly districtCode: string; readonly after: number },
  caseIds: readonly string[]
): Promise<void> {
  const { rows } = await tx.query<{ id: string; is_elsewhere: boolean }>(
    'SELECT id, district_code <> $2 AS is_elsewhere FROM cases WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE',
    [caseIds, districtCode]
  )
  const buried = await buriedAmong(tx, caseIds)
  const { rows: told } = await tx.query<{ case_id: string }>(
    'SELECT case_id FROM gone_lines WHERE district_code = $1 AND case_id = ANY($2::uuid[]) AND seq > $3',
    [districtCode, caseIds, after]
  )
  const known = new Set(told.map((row) => row.case_id))
  const untold = (ids: readonly string[]) => ids.filter((id) => !known.has(id))
  const elsewhere = rows.flatMap(({ id, is_elsewhere }) => (is_elsewhere ? [id] : []))
  await writeGoneLines(tx, { districtCode, reason: 'scope', caseIds: untold(elsewhere) })
  for (const reason of ['withdrawn', 'destroyed'] as const) {
    const caseIds = [...buried].flatMap(([id, why]) => (why === reason ? [id] : []))
    await writeGoneLines(tx, { districtCode, reason, caseIds: untold(caseIds) })
  }
}
