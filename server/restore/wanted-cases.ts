import type { Queryable } from '../db/pool.ts'
import type { KeyRing } from '../keys/key-ring.ts'

/**
 * Those of the offered cases that the centre has at no such revision, cannot open, or has written to since its gate opened.
 */
export async function wantedCases(
  { pool: db, keyRing }: { pool: Queryable; keyRing: Pick<KeyRing, 'caseKeys'> },
  { districtCode, openedSeq }: { districtCode: string; openedSeq: number | null },
  offered: readonly { readonly id: string; readonly rev: number }[]
): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `SELECT given.id FROM unnest($1::uuid[], $2::integer[]) AS given (id, rev)
     LEFT JOIN cases c ON c.id = given.id
     WHERE NOT EXISTS (SELECT 1 FROM tombstones t WHERE t.case_id = given.id)
       AND (c.id IS NULL OR c.rev < given.rev OR c.seq > $4)
       AND NOT EXISTS (SELECT 1 FROM gone_lines g
         WHERE g.case_id = given.id AND g.district_code = $3 AND g.reason = 'scope' AND c.rev >= given.rev)`,
    [offered.map(({ id }) => id), offered.map(({ rev }) => rev), districtCode, openedSeq]
  )
  const wanted = new Set(rows.map((row) => row.id))
  const others = offered.flatMap(({ id }) => (wanted.has(id) ? [] : [id]))
  const keys = await keyRing.caseKeys(others)
  return [...wanted, ...(await standing(db, others)).filter((id) => !keys.has(id))]
}

async function standing(db: Queryable, caseIds: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>('SELECT id FROM cases WHERE id = ANY($1::uuid[])', [caseIds])
  return rows.map((row) => row.id)
}
