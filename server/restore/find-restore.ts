import { revokeAgain } from '../accounts/revoked-register.ts'
import { shutOutAgain } from '../accounts/shut-out-register.ts'
import { listBuried } from '../destruction/buried-keys.ts'
import { type BuryDeps, buryKeysAgain, resumeBurials } from '../destruction/bury-cases.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import { streamEnd, streamEnds } from '../sync/district-stream.ts'
import { type CloseDeps, closeGates, type RestoreCause } from './close-gates.ts'
import { lookAtMark, setMark } from './database-mark.ts'
import { readWitness } from './witness.ts'

export interface FindDeps extends CloseDeps, BuryDeps {
  readonly keyRing: KeyRing
}

/**
 * At every start, before anybody is served: was one of the two databases set back? Buries again, and shuts out again, what
 * the other one remembers, and shuts the gates when something is missing.
 */
export async function findRestore(deps: FindDeps): Promise<void> {
  const [cases, keys] = [await lookAtMark(deps.pool), await lookAtMark(deps.keysPool)]
  const cause = await causeOf(deps, cases.isCopy && keys.isCopy)
  if (cause !== null) await closeGates(deps, { cause })
  await buryKeysAgain(deps)
  await resumeBurials(deps)
  await shutOutAgain(deps)
  await revokeAgain(deps)
  await setMark(deps.pool, cases.mark)
  await setMark(deps.keysPool, keys.mark)
}

/** Whether one of the districts' streams ends before what the witness has seen of it. */
export async function isBehind(
  { pool, keysPool }: Pick<FindDeps, 'pool' | 'keysPool'>,
  districtCodes: readonly string[]
): Promise<boolean> {
  const { seqs } = await readWitness(keysPool)
  for (const code of districtCodes) if ((seqs.get(code) ?? 0) > (await streamEnd(pool, code))) return true
  return false
}

async function causeOf(deps: FindDeps, areBothCopies: boolean): Promise<RestoreCause | null> {
  const { seqs } = await readWitness(deps.keysPool)
  const ends = await streamEnds(deps.pool)
  if ([...seqs].some(([code, seq]) => seq > (ends.get(code) ?? 0))) return 'witness'
  for (const [code, end] of ends) if (await lacksKeys(deps, code, { from: seqs.get(code) ?? 0, to: end })) return 'keys'
  return areBothCopies ? 'copy' : null
}

/** More than a busy second brings forth: a keys database that is older than that is a restored one. */
const LOOKED_AT = 5_000

/** What changed after the witness wrote last: cases that were new then have no key in a keys database that was set back. */
async function lacksKeys(
  { pool, keysPool, keyRing }: FindDeps,
  districtCode: string,
  { from, to }: { from: number; to: number }
): Promise<boolean> {
  if (to <= from) return false
  const { rows } = await pool.query<{ id: string }>(
    'SELECT id FROM cases WHERE district_code = $1 AND seq > $2 ORDER BY seq LIMIT $3',
    [districtCode, from, LOOKED_AT]
  )
  const keys = await keyRing.caseKeys(rows.map((row) => row.id))
  const missing = rows.flatMap(({ id }) => (keys.has(id) ? [] : [id]))
  if (missing.length === 0) return false
  const buried = new Set((await listBuried(keysPool)).map(({ caseId }) => caseId))
  return missing.some((id) => !buried.has(id))
}
