import type { Cipher } from '#shared/cipher/cipher.ts'
import { tryOpenSealedCase } from '../cases/case-rows.ts'
import type { Pool, Queryable } from '../db/pool.ts'
import { runTx } from '../db/run-tx.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import { readStand, type StandOf } from './gate.ts'
import { tellGone } from './tell-gone.ts'

export interface WantDeps {
  readonly pool: Queryable
  readonly cipher: Cipher
  readonly keyRing: Pick<KeyRing, 'caseKeys'>
}

interface Offered {
  readonly id: string
  readonly rev: number
}

/** Which of the cases that a PC offers it is asked for. What is not its district's any more the district is told of. */
export async function answerOffer(
  deps: WantDeps & { readonly pool: Pool },
  giver: StandOf,
  offered: readonly Offered[]
): Promise<string[]> {
  const { districtCode } = giver
  const { openedSeq, alikeUpTo } = await readStand(deps.pool, giver)
  const wanted = new Set(await wantedCases(deps, { districtCode, openedSeq }, offered))
  const others = offered.flatMap(({ id }) => (wanted.has(id) ? [] : [id]))
  await runTx(deps.pool, (tx) => tellGone(tx, { districtCode, after: alikeUpTo }, others))
  return [...wanted]
}

/**
 * Those of the offered cases that the centre has at no such revision, cannot open, or has written to since its gate opened.
 */
async function wantedCases(
  deps: WantDeps,
  { districtCode, openedSeq }: { districtCode: string; openedSeq: number | null },
  offered: readonly Offered[]
): Promise<string[]> {
  const { rows } = await deps.pool.query<{ id: string }>(
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
  return [...wanted, ...(await unreadableAmong(deps, others))]
}

/** A key says little: it may have been made for a giving back that was cut, and open nothing. */
export async function unreadableAmong(
  { pool, cipher, keyRing }: WantDeps,
  caseIds: readonly string[]
): Promise<string[]> {
  const keys = await keyRing.caseKeys(caseIds)
  const { rows } = await pool.query<{ id: string; sealed: Uint8Array }>(
    'SELECT id, sealed FROM cases WHERE id = ANY($1::uuid[])',
    [caseIds]
  )
  return rows.flatMap((row) => {
    const key = keys.get(row.id)
    return key !== undefined && tryOpenSealedCase({ cipher, key }, row) !== null ? [] : [row.id]
  })
}
