import { type Anchor, type AnchoredChain, readAnchor } from '#shared/domain/access-log/anchor.ts'
import { nextDigest } from '#shared/domain/access-log/chain-digest.ts'
import { keptSince } from '#shared/domain/access-log/log-term.ts'
import type { HashDep } from '#shared/foundation/deps.ts'
import type { Queryable } from '../db/pool.ts'
import { runTx, type Tx } from '../db/run-tx.ts'
import type { AnchorDeps } from './anchors.ts'

/**
 * What was kept for the legal term goes: up to the newest anchor of before, which counts and hashes exactly what goes. What
 * is left goes on from there, so that an export is checked as before. A log that is not as it was anchored stays whole.
 */

/** The lines are others than the anchor counts: nothing of the district is removed before somebody has looked at it. */
export class LogDisagreesError extends Error {
  override readonly name = 'LogDisagreesError'
}

export type RemovalDeps = Pick<AnchorDeps, 'pool' | 'keysPool' | 'cipher' | 'now'>

export interface Removal {
  readonly anchor: number
  readonly lines: number
}

/** null: nothing is that old. @throws LogDisagreesError */
export async function removeOldLines(deps: RemovalDeps, districtCode: string): Promise<Removal | null> {
  const anchor = await newestBefore(deps.keysPool, districtCode, keptSince(deps.now()))
  if (anchor === null) return null
  return runTx(deps.pool, async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`access-removal:${districtCode}`])
    const last = await lastRemoval(tx, districtCode)
    if (last !== null && last >= anchor.no) return null
    const before = last === null ? null : await anchorOf(deps.keysPool, districtCode, last)
    let lines = 0
    for (const chain of anchor.chains)
      lines += await removeChain(tx, deps.cipher, { chain, before: stateIn(before, chain) })
    await tx.query('INSERT INTO access_removals (district_code, anchor_no, at, lines) VALUES ($1, $2, $3, $4)', [
      ...[districtCode, anchor.no, deps.now(), lines]
    ])
    return { anchor: anchor.no, lines }
  })
}

/** Up to which anchor the lines of the district are gone; null: all are here. */
export async function lastRemoval(db: Queryable, districtCode: string): Promise<number | null> {
  const { rows } = await db.query<{ no: number | null }>(
    'SELECT max(anchor_no) AS no FROM access_removals WHERE district_code = $1',
    [districtCode]
  )
  return rows[0]?.no ?? null
}

const newestBefore = (keys: Queryable, districtCode: string, before: string): Promise<Anchor | null> =>
  readOne(keys, 'SELECT body FROM access_anchors WHERE district_code = $1 AND at < $2 ORDER BY no DESC LIMIT 1', [
    ...[districtCode, before]
  ])

const anchorOf = (keys: Queryable, districtCode: string, no: number): Promise<Anchor | null> =>
  readOne(keys, 'SELECT body FROM access_anchors WHERE district_code = $1 AND no = $2', [districtCode, no])

async function readOne(keys: Queryable, sql: string, values: unknown[]): Promise<Anchor | null> {
  const { rows } = await keys.query<{ body: string }>(sql, values)
  return rows[0] === undefined ? null : readAnchor(rows[0].body)
}

interface Gone {
  readonly lines: number
  /** In hex. */
  readonly digest: string
}

const stateIn = (anchor: Anchor | null, { deviceId, chain }: AnchoredChain): Gone =>
  anchor?.chains.find((one) => one.deviceId === deviceId && one.chain === chain) ?? {
    lines: 0,
    digest: '0'.repeat(64)
  }

const PAGE = 1_000

/** Reckons the digest anew from the texts, so that a line that was edited is found before it is gone. */
async function removeChain(
  tx: Tx,
  hash: HashDep,
  { chain: { deviceId, chain, lines, digest }, before }: { chain: AnchoredChain; before: Gone }
): Promise<number> {
  const at = [deviceId, Buffer.from(chain, 'hex')]
  let reckoned: Uint8Array = Buffer.from(before.digest, 'hex')
  for (let place = before.lines; place < lines; place += PAGE) {
    const { rows } = await tx.query<{ body: string; previous_hash: Uint8Array; hash: Uint8Array }>(
      `SELECT body, previous_hash, hash FROM access_lines
       WHERE device_id = $1 AND chain = $2 AND place > $3 AND place <= $4 ORDER BY place`,
      [...at, place, Math.min(place + PAGE, lines)]
    )
    for (const row of rows) {
      reckoned = nextDigest(hash, reckoned, { hash: row.hash, reckoned: hash.sha256(row.previous_hash, row.body) })
    }
  }
  if (Buffer.from(reckoned).toString('hex') !== digest) throw new LogDisagreesError()
  await tx.query(
    `INSERT INTO access_heads (device_id, chain, no, hash, reckoned, at)
     SELECT device_id, chain, no, hash, reckoned, at FROM access_lines
     WHERE device_id = $1 AND chain = $2 AND place <= $3 ORDER BY no DESC, place DESC LIMIT 1
     ON CONFLICT (device_id, chain) DO UPDATE SET
       no = excluded.no, hash = excluded.hash, reckoned = excluded.reckoned, at = excluded.at
     WHERE access_heads.no < excluded.no`,
    [...at, lines]
  )
  const gone = await tx.query('DELETE FROM access_lines WHERE device_id = $1 AND chain = $2 AND place <= $3', [
    ...[...at, lines]
  ])
  return gone.rowCount ?? 0
}

const DAY_MS = 86_400_000
const FIRST_LOOK_MS = 5 * 60_000

/** Looks daily; the returned function ends that. */
export function startLogRemovals(deps: RemovalDeps, onFault: (fault: unknown) => void): () => void {
  const look = async (): Promise<void> => {
    const { rows } = await deps.pool.query<{ code: string }>('SELECT DISTINCT district_code AS code FROM access_chains')
    for (const { code } of rows) await removeOldLines(deps, code).catch(onFault)
  }
  const first = setTimeout(() => void look().catch(onFault), FIRST_LOOK_MS)
  const timer = setInterval(() => void look().catch(onFault), DAY_MS)
  first.unref()
  timer.unref()
  return () => {
    clearTimeout(first)
    clearInterval(timer)
  }
}
