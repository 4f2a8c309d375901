import type { Queryable } from '../db/pool.ts'

/** The places in the stream of those of the cases that came back from a PC after a restore. */
export async function seqsOfAdopted(db: Queryable, caseIds: readonly string[]): Promise<Map<string, number>> {
  if (caseIds.length === 0) return new Map()
  const { rows } = await db.query<{ id: string; seq: number }>({
    name: 'seqs-of-adopted',
    text: `SELECT id, seq FROM cases WHERE id = ANY($1::uuid[])
      AND EXISTS (SELECT 1 FROM adopted_cases WHERE adopted_cases.case_id = cases.id)`,
    values: [caseIds]
  })
  return new Map(rows.map((row) => [row.id, row.seq]))
}
