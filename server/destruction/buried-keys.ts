import type { BurialReason } from '#shared/domain/quarantine/quarantine-entry.ts'
import type { Pool } from '../db/pool.ts'
import { runTx } from '../db/run-tx.ts'

/** A case as the keys database remembers its burial: apart from the cases, so that their restore does not undo it. */
export interface BuriedCase {
  readonly caseId: string
  readonly districtCode: string
  readonly reason: BurialReason
}

/**
 * The first step of a burial, and the one that counts: from here on the case is buried, whatever happens to the program
 * or to the cases database. A destroyed case loses its key in the same transaction.
 */
export async function buryKeys(
  keysPool: Pool,
  { cases, now }: { cases: readonly BuriedCase[]; now: string }
): Promise<void> {
  if (cases.length === 0) return
  await runTx(keysPool, async (tx) => {
    await tx.query(
      `INSERT INTO buried (case_id, district_code, reason, at)
       SELECT case_id, district_code, reason, $4 FROM unnest($1::uuid[], $2::text[], $3::text[])
         AS given (case_id, district_code, reason)
       ON CONFLICT (case_id) DO UPDATE SET reason = excluded.reason WHERE excluded.reason = 'destroyed'`,
      [
        cases.map(({ caseId }) => caseId),
        cases.map(({ districtCode }) => districtCode),
        cases.map(({ reason }) => reason),
        now
      ]
    )
    const destroyed = cases.filter(({ reason }) => reason === 'destroyed')
    await tx.query('DELETE FROM case_keys WHERE case_id = ANY($1::uuid[])', [destroyed.map(({ caseId }) => caseId)])
  })
}

/**
 * Destroys the keys that were made for destroyed cases while their burial began. Asked by whoever makes keys, and at the
 * second step of the burial: whichever is later sees what the other did. Gives back those of the cases that are destroyed.
 */
export async function destroyAgain(keysPool: Pool, caseIds: readonly string[]): Promise<string[]> {
  const { rows } = await keysPool.query<{ case_id: string }>({
    name: 'destroy-again',
    text: `WITH destroyed AS (SELECT case_id FROM buried WHERE case_id = ANY($1::uuid[]) AND reason = 'destroyed'),
        gone AS (DELETE FROM case_keys WHERE case_id IN (SELECT case_id FROM destroyed))
      SELECT case_id FROM destroyed`,
    values: [caseIds]
  })
  return rows.map((row) => row.case_id)
}

/** Of these cases those that are buried, also where only the first step was done. */
export async function buriedInKeys(keysPool: Pool, caseIds: readonly string[]): Promise<Map<string, BurialReason>> {
  if (caseIds.length === 0) return new Map()
  const { rows } = await keysPool.query<{ case_id: string; reason: BurialReason }>(
    'SELECT case_id, reason FROM buried WHERE case_id = ANY($1::uuid[])',
    [caseIds]
  )
  return new Map(rows.map((row) => [row.case_id, row.reason]))
}

export async function listBuried(keysPool: Pool): Promise<BuriedCase[]> {
  const { rows } = await keysPool.query<BuriedCase>(
    'SELECT case_id AS "caseId", district_code AS "districtCode", reason FROM buried ORDER BY case_id'
  )
  return rows
}
