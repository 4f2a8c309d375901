import type { BurialReason } from '#shared/domain/quarantine/quarantine-entry.ts'
import type { TimeDep } from '#shared/foundation/deps.ts'
import type { Pool } from '../db/pool.ts'
import { runTx, type Tx } from '../db/run-tx.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import { destroySnapshotsOf } from '../snapshot/snapshots.ts'
import { writeGoneLines } from '../sync/gone-lines.ts'
import { type BuriedCase, buryKeys, destroyAgain, listBuried } from './buried-keys.ts'

export interface BuryDeps extends TimeDep {
  readonly pool: Pool
  readonly keysPool: Pool
  readonly keyRing: Pick<KeyRing, 'destroyQuarantineKey' | 'destroySnapshotKeys'>
}

export interface Burial {
  readonly caseIds: readonly string[]
  readonly reason: BurialReason
}

/**
 * Takes cases out of use for good. `destroyed`: key, row, tags and the content of their commands are gone. `withdrawn`:
 * row and key stay sealed at the centre, apart from the cases, for as long as the office has to show what it did; no desk
 * gets them and no command is taken. First the keys database, then the cases; cut off in between, the next start or the
 * next call goes on. Doing it again changes nothing. Gives back those ids that no case has, or had.
 */
export async function buryCases(deps: BuryDeps, { caseIds, reason }: Burial): Promise<{ unknown: string[] }> {
  const districts = await districtsOf(deps.pool, caseIds)
  const known = caseIds.filter((caseId) => districts.has(caseId))
  const cases = known.map((caseId) => ({ caseId, districtCode: districts.get(caseId) ?? '', reason }))
  await buryKeys(deps.keysPool, { cases, now: deps.now() })
  await layAllToRest(deps, cases)
  return { unknown: caseIds.filter((caseId) => !districts.has(caseId)) }
}

/** Finishes what was cut off, and buries again what a restore of the cases database brought back. */
export async function resumeBurials(deps: BuryDeps): Promise<number> {
  const buried = await listBuried(deps.keysPool)
  const { rows } = await deps.pool.query<{ case_id: string; reason: BurialReason }>(
    'SELECT case_id, reason FROM tombstones'
  )
  const stones = new Map(rows.map((row) => [row.case_id, row.reason]))
  const open = buried.filter(({ caseId, reason }) => stones.get(caseId) !== reason)
  await layAllToRest(deps, open)
  return open.length
}

/**
 * The other way round, for a keys database that was set back: what the tombstones say is buried, and its key destroyed
 * once more.
 */
export async function buryKeysAgain(deps: BuryDeps): Promise<number> {
  const { rows } = await deps.pool.query<BuriedCase>(
    `SELECT case_id AS "caseId", district_code AS "districtCode", reason FROM tombstones WHERE on_word_of IS NULL`
  )
  const known = new Map((await listBuried(deps.keysPool)).map(({ caseId, reason }) => [caseId, reason]))
  const lost = rows.filter(({ caseId, reason }) => known.get(caseId) !== reason && known.get(caseId) !== 'destroyed')
  await buryKeys(deps.keysPool, { cases: lost, now: deps.now() })
  return lost.length
}

/** Cases of one transaction: few enough that the district's stream is not held for long. */
const CASES_A_STEP = 500

async function layAllToRest(deps: BuryDeps, cases: readonly BuriedCase[]): Promise<void> {
  for (const [districtCode, ofDistrict] of groupedByDistrict(cases)) {
    for (let at = 0; at < ofDistrict.length; at += CASES_A_STEP) {
      const step = { districtCode, cases: ofDistrict.slice(at, at + CASES_A_STEP) }
      await runTx(deps.pool, (tx) => layToRest(tx, deps, step))
      await destroySnapshotsOf(deps, districtCode)
    }
  }
}

/** The second step of a burial, within the caller's transaction, of cases of one district. */
export async function layToRest(
  tx: Tx,
  deps: BuryDeps,
  { districtCode, cases }: { readonly districtCode: string; readonly cases: readonly BuriedCase[] }
): Promise<void> {
  const handedOver: string[] = []
  for (const reason of ['withdrawn', 'destroyed'] as const) {
    const caseIds = cases.filter((one) => one.reason === reason).map(({ caseId }) => caseId)
    handedOver.push(...(await entomb(tx, { districtCode, caseIds, reason, now: deps.now(), onWordOf: null })))
    if (reason === 'destroyed') await destroyAgain(deps.keysPool, caseIds)
  }
  // Before the commit, and once more with the next try: after it nobody would come back to a key that was left.
  for (const commandId of handedOver) await deps.keyRing.destroyQuarantineKey(commandId)
}

export interface Entombment {
  readonly districtCode: string
  readonly caseIds: readonly string[]
  readonly reason: BurialReason
  readonly now: string
  /** The PC that alone remembers the burial; null: the centre itself. */
  readonly onWordOf: string | null
}

/** Within the caller's transaction. Gives back the commands that lay handed over for these cases and are dropped now. */
export async function entomb(tx: Tx, entombment: Entombment): Promise<string[]> {
  const { districtCode, reason, now, onWordOf } = entombment
  const caseIds = await notYetEntombed(tx, entombment)
  if (caseIds.length === 0) return []
  await tx.query('SELECT id FROM cases WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE', [caseIds])
  await writeGoneLines(tx, { districtCode, reason, caseIds })
  await tx.query(
    `INSERT INTO tombstones (case_id, district_code, reason, at, on_word_of)
     SELECT case_id, $2, $3, $4, $5 FROM unnest($1::uuid[]) AS given (case_id)
     ON CONFLICT (case_id) DO UPDATE SET reason = excluded.reason, on_word_of = excluded.on_word_of
     WHERE excluded.reason = 'destroyed'`,
    [caseIds, districtCode, reason, now, onWordOf]
  )
  if (reason === 'withdrawn') await setApart(tx, caseIds)
  else {
    await tx.query('DELETE FROM withdrawn_cases WHERE id = ANY($1::uuid[])', [caseIds])
    await tx.query('DELETE FROM document_chunks WHERE case_id = ANY($1::uuid[])', [caseIds])
    await tx.query('UPDATE rescued_chunks SET content = NULL WHERE case_id = ANY($1::uuid[])', [caseIds])
    await tx.query('UPDATE commands SET body = NULL WHERE case_id = ANY($1::uuid[])', [caseIds])
  }
  await tx.query('DELETE FROM cases WHERE id = ANY($1::uuid[])', [caseIds])
  await tx.query('DELETE FROM blind_indexes WHERE case_id = ANY($1::uuid[])', [caseIds])
  await tx.query('DELETE FROM missing_chunks WHERE case_id = ANY($1::uuid[])', [caseIds])
  await tx.query('DELETE FROM late_versions WHERE case_id = ANY($1::uuid[])', [caseIds])
  const { rows } = await tx.query<{ command_id: string }>(
    `UPDATE handed_over SET sealed = NULL, settled_at = $2, settled_how = 'buried'
     WHERE case_id = ANY($1::uuid[]) AND settled_at IS NULL RETURNING command_id`,
    [caseIds, now]
  )
  return rows.map((row) => row.command_id)
}

async function notYetEntombed(tx: Tx, { caseIds, reason }: Entombment): Promise<string[]> {
  if (caseIds.length === 0) return []
  const { rows } = await tx.query<{ case_id: string }>(
    `SELECT case_id FROM unnest($1::uuid[]) AS given (case_id) WHERE NOT EXISTS (
       SELECT 1 FROM tombstones t WHERE t.case_id = given.case_id AND t.reason IN ($2, 'destroyed'))`,
    [caseIds, reason]
  )
  return rows.map((row) => row.case_id)
}

async function setApart(tx: Tx, caseIds: readonly string[]): Promise<void> {
  await tx.query(
    `INSERT INTO withdrawn_cases
       (id, district_code, dong_code, service, state, applied_on, due_on, application_no, assignee_id, rev, field_revs, sealed)
     SELECT id, district_code, dong_code, service, state, applied_on, due_on, application_no, assignee_id, rev, field_revs,
       sealed
     FROM cases WHERE id = ANY($1::uuid[]) ON CONFLICT DO NOTHING`,
    [caseIds]
  )
}

/** Of those that are there, and of those that are buried already. */
async function districtsOf(pool: Pool, caseIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await pool.query<{ id: string; district_code: string }>(
    `SELECT id, district_code FROM cases WHERE id = ANY($1::uuid[])
     UNION ALL SELECT case_id, district_code FROM tombstones WHERE case_id = ANY($1::uuid[])`,
    [caseIds]
  )
  return new Map(rows.map((row) => [row.id, row.district_code]))
}

function groupedByDistrict(cases: readonly BuriedCase[]): Map<string, BuriedCase[]> {
  const groups = new Map<string, BuriedCase[]>()
  for (const one of cases) groups.set(one.districtCode, [...(groups.get(one.districtCode) ?? []), one])
  return groups
}
