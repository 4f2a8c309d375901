import type { Cipher } from '#shared/cipher/cipher.ts'
import type { SigningKeys } from '#shared/cipher/ed25519.ts'
import {
  type Anchor,
  type AnchoredChain,
  anchorMessage,
  anchorText,
  type PreviousAnchor,
  readAnchor
} from '#shared/domain/access-log/anchor.ts'
import { canonicalText } from '#shared/domain/access-log/canonical-text.ts'
import type { TimeDep } from '#shared/foundation/deps.ts'
import type { Pool, Queryable } from '../db/pool.ts'
import { runTx, type Tx } from '../db/run-tx.ts'
import { ed25519 } from '../keys/sodium.ts'

export interface AnchorDeps extends TimeDep {
  readonly pool: Pool
  readonly keysPool: Pool
  readonly cipher: Cipher
  readonly centreId: string
  readonly keyRing: { readonly anchorKeys: SigningKeys }
}

/** An anchor as it is kept. */
export interface KeptAnchor {
  readonly no: number
  readonly at: string
  readonly body: string
  readonly signature: Uint8Array
}

/** How often the logs of a district are anchored, as long as lines come. */
const ANCHOR_MS = 3_600_000

/** Anchors every district when the time has come; asked more often than that, it does nothing. */
export function createHourlyAnchors(deps: AnchorDeps & { readonly monotonicMs: () => number }): () => Promise<void> {
  let nextAt = deps.monotonicMs() // an app server that begins anchors at once
  return async () => {
    if (deps.monotonicMs() < nextAt) return
    nextAt = deps.monotonicMs() + ANCHOR_MS
    const { rows } = await deps.pool.query<{ code: string }>('SELECT DISTINCT district_code AS code FROM access_chains')
    for (const { code } of rows) await anchorLogs(deps, code)
  }
}

/** Anchors what is here of the district's logs, unless the newest anchor says the same. */
export async function anchorLogs(deps: AnchorDeps, districtCode: string): Promise<void> {
  const made = await runTx(deps.keysPool, (tx) => addAnchor(tx, deps, districtCode))
  if (made === null) return
  await deps.pool.query(
    `INSERT INTO access_anchors_seen (district_code, no, hash) VALUES ($1, $2, $3)
     ON CONFLICT (district_code) DO UPDATE SET no = excluded.no, hash = excluded.hash
       WHERE access_anchors_seen.no < excluded.no`,
    [districtCode, made.no, deps.cipher.sha256(made.body)]
  )
}

async function addAnchor(tx: Tx, deps: AnchorDeps, districtCode: string): Promise<{ no: number; body: string } | null> {
  // App servers take turns, and read the lines within theirs.
  await tx.query("SELECT pg_advisory_xact_lock(hashtext('access-anchors:' || $1))", [districtCode])
  const [last] = await keptAnchors(tx, { districtCode, newest: 1 })
  const chains = await presentChains(deps.pool, districtCode)
  const isSame = last !== undefined && canonicalText(readAnchor(last.body)?.chains ?? null) === canonicalText(chains)
  const place = await nextPlace(deps, districtCode, last)
  if (isSame && place.previous.type === 'anchor') return null
  if (chains.length === 0 && last === undefined) return null
  const anchor: Anchor = { ...place, at: deps.now(), centreId: deps.centreId, districtCode, chains }
  const body = anchorText(anchor)
  const signature = ed25519.sign(deps.keyRing.anchorKeys.secretKey, anchorMessage(body))
  await tx.query('INSERT INTO access_anchors (district_code, no, at, body, signature) VALUES ($1, $2, $3, $4, $5)', [
    ...[districtCode, anchor.no, anchor.at, body, signature]
  ])
  return { no: anchor.no, body }
}

/** The cases know of a later anchor than the keys do: the keys were set back. */
async function nextPlace(
  { pool, cipher }: AnchorDeps,
  districtCode: string,
  last: KeptAnchor | undefined
): Promise<{ no: number; previous: PreviousAnchor }> {
  const { rows } = await pool.query<{ no: number; hash: Uint8Array }>(
    'SELECT no, hash FROM access_anchors_seen WHERE district_code = $1',
    [districtCode]
  )
  const [seen] = rows
  const hash = last === undefined ? null : cipher.sha256(last.body)
  const isBehind = seen !== undefined && (last === undefined || seen.no > last.no)
  const isOther = seen !== undefined && hash !== null && seen.no === last?.no && !cipher.equal(seen.hash, hash)
  if (isBehind || isOther) return { no: seen.no + 1, previous: { type: 'unknown', no: seen.no } }
  if (last === undefined || hash === null) return { no: 1, previous: { type: 'first' } }
  return { no: last.no + 1, previous: { type: 'anchor', hash: Buffer.from(hash).toString('hex') } }
}

async function presentChains(db: Queryable, districtCode: string): Promise<AnchoredChain[]> {
  const { rows } = await db.query<AnchoredChain>(
    `SELECT device_id AS "deviceId", encode(chain, 'hex') AS chain, lines, encode(digest, 'hex') AS digest
     FROM access_chains WHERE district_code = $1 AND lines > 0 ORDER BY device_id, chain`,
    [districtCode]
  )
  return rows
}

/** The newest so many, the newest first. */
export async function keptAnchors(
  keys: Queryable,
  { districtCode, newest }: { districtCode: string; newest: number }
): Promise<KeptAnchor[]> {
  const { rows } = await keys.query<KeptAnchor>(
    'SELECT no, at, body, signature FROM access_anchors WHERE district_code = $1 ORDER BY no DESC LIMIT $2',
    [districtCode, newest]
  )
  return rows
}
