import type { BatchState } from '#shared/domain/destruction/batch-state.ts'
import type { BatchVerification } from '#shared/domain/destruction/batch-verification.ts'
import type { SearchedPlace } from '#shared/domain/erasure/erasure-place.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import { recordCentreAct } from '../access-log/centre-acts.ts'
import type { Centre } from '../centre.ts'
import type { Queryable } from '../db/pool.ts'
import { destroyMarkers } from '../destruction/batch-markers.ts'

/** 검증 of a batch at the centre: who may, what it found, and its end. */

export interface Verifier {
  readonly accountId: string
  readonly districtCode: string
}

export type VerificationRefusal =
  | { readonly type: 'NotAdministrator' }
  | { readonly type: 'NoSuchBatch' }
  | { readonly type: 'NotExecuted' }
  /** It was closed without a residue, and its markers are destroyed. */
  | { readonly type: 'Closed' }

type Deps = Pick<Centre, 'pool' | 'cipher' | 'centreId' | 'now'>

/** Looks whether it may be done, and writes the line of the access log before it is. */
export async function beginVerification(
  deps: Deps,
  { batchId, login }: { readonly batchId: string; readonly login: string }
): Promise<Result<Verifier, VerificationRefusal>> {
  const batch = await batchOf(deps.pool, batchId)
  if (batch === null) return err({ type: 'NoSuchBatch' })
  const { districtCode, state } = batch
  const { rows } = await deps.pool.query<{ id: string }>(
    `SELECT id FROM accounts WHERE login = $1 AND district_code = $2 AND role = 'administrator' AND disabled_at IS NULL`,
    [login, districtCode]
  )
  const accountId = rows[0]?.id
  if (accountId === undefined) return err({ type: 'NotAdministrator' })
  if (state !== 'verifying' && state !== 'completed') return err({ type: 'NotExecuted' })
  if ((await newestVerification(deps.pool, batchId))?.closed === true) return err({ type: 'Closed' })
  const act = { accountId, districtCode, act: 'verify_destruction', address: '-', reason: null } as const
  await recordCentreAct(deps, { ...act, detail: { batchId } })
  return ok({ accountId, districtCode })
}

async function batchOf(db: Queryable, batchId: string): Promise<{ districtCode: string; state: BatchState } | null> {
  const { rows } = await db.query<{ districtCode: string; state: BatchState }>(
    'SELECT district_code AS "districtCode", state FROM destruction_batches WHERE id = $1',
    [batchId]
  )
  return rows[0] ?? null
}

export interface Verified {
  readonly batchId: string
  readonly by: Verifier
  readonly cases: number
  readonly unmarked: number
  readonly places: readonly SearchedPlace[]
  readonly isClean: boolean
}

/**
 * Keeps what was found. A clean search of a completed batch closes the verification: no copy is open that would have to
 * be looked at, and its markers are destroyed. Says whether it did.
 */
export async function recordVerification(
  deps: Pick<Centre, 'pool' | 'keyRing' | 'now'>,
  { batchId, by, cases, unmarked, places, isClean }: Verified
): Promise<boolean> {
  const batch = await batchOf(deps.pool, batchId)
  const closed = isClean && batch?.state === 'completed'
  await deps.pool.query(
    `INSERT INTO batch_verifications (batch_id, at, by_id, cases, unmarked, places, closed)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [batchId, deps.now(), by.accountId, cases, unmarked, JSON.stringify(places), closed]
  )
  if (closed) await destroyMarkers(deps, batchId)
  return closed
}

/** null: it was not verified yet. */
export async function newestVerification(db: Queryable, batchId: string): Promise<BatchVerification | null> {
  const { rows } = await db.query<BatchVerification>(
    `SELECT v.at, a.display_name AS by, v.cases, v.unmarked, v.places, v.closed
     FROM batch_verifications v JOIN accounts a ON a.id = v.by_id WHERE v.batch_id = $1 ORDER BY v.no DESC LIMIT 1`,
    [batchId]
  )
  return rows[0] ?? null
}
