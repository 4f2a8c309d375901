import type { Cipher } from '#shared/cipher/cipher.ts'
import type { ChainLine } from '#shared/domain/access-log/access-chain.ts'
import { nextDigest } from '#shared/domain/access-log/chain-digest.ts'
import { type JudgedLine, judgeLine, type KnownLine } from '#shared/domain/access-log/judge-line.ts'
import type { TimeDep } from '#shared/foundation/deps.ts'
import type { Queryable } from '../db/pool.ts'
import type { Tx } from '../db/run-tx.ts'

/** The PC whose log it is. */
export interface LogSender {
  readonly deviceId: string
  readonly districtCode: string
}

/** One log of a PC: it begins a new one with each new store. */
export interface ChainId extends LogSender {
  /** The hash of its first line. */
  readonly chain: Uint8Array
}

/** The PC speaks of this log, and says how far it goes. */
export async function noteChain(
  db: Queryable,
  { deviceId, chain, districtCode }: ChainId,
  { newest, now }: { newest: number; now: string }
): Promise<void> {
  await db.query(
    `INSERT INTO access_chains (device_id, chain, district_code, begun_at, received_at, newest_no)
     VALUES ($1, $2, $3, $4, $4, $5)
     ON CONFLICT (device_id, chain) DO UPDATE SET
       received_at = excluded.received_at, newest_no = greatest(access_chains.newest_no, excluded.newest_no)`,
    [deviceId, chain, districtCode, now, newest]
  )
}

/** The PC has nothing more of it that is not here. */
export async function noteWhole(db: Queryable, { deviceId, chain }: ChainId, now: string): Promise<void> {
  await db.query('UPDATE access_chains SET whole_at = $3 WHERE device_id = $1 AND chain = $2', [deviceId, chain, now])
}

/** With the newest of those that were removed after their term, so that what follows it is known to follow. */
const LINES_AND_HEADS = `(SELECT device_id, chain, place, no, hash, reckoned, at FROM access_lines
   UNION ALL SELECT device_id, chain, 0, no, hash, reckoned, at FROM access_heads)`

/** The number of the newest of these lines that is here as the PC has it; 0: none. */
export async function knownPoint(
  db: Queryable,
  { deviceId, chain }: ChainId,
  points: ReadonlyArray<{ readonly no: number; readonly hash: string }>
): Promise<number> {
  const { rows } = await db.query<{ no: number | null }>(
    `SELECT max(l.no) AS no FROM ${LINES_AND_HEADS} l
       JOIN unnest($3::bigint[], $4::text[]) AS point (no, hash) ON l.no = point.no AND l.hash = decode(point.hash, 'hex')
     WHERE l.device_id = $1 AND l.chain = $2`,
    [deviceId, chain, points.map(({ no }) => no), points.map(({ hash }) => hash)]
  )
  return rows[0]?.no ?? 0
}

/** Stores those of the lines that are not here, each with what is wrong with it. */
export async function storeLines(
  tx: Tx,
  deps: TimeDep & { readonly cipher: Cipher },
  chain: ChainId,
  lines: readonly ChainLine[]
): Promise<void> {
  const receivedAt = deps.now()
  // The same PC on two lines sends one after the other.
  const { rows } = await tx.query<ChainStand>(
    'SELECT lines, digest FROM access_chains WHERE device_id = $1 AND chain = $2 FOR UPDATE',
    [chain.deviceId, chain.chain]
  )
  const [stand] = rows
  if (stand === undefined) throw new Error('lines of a chain that was not noted')
  const known = await linesAround(tx, chain, lines)
  const judged: JudgedLine[] = []
  for (const line of lines) {
    const same = known.get(line.no) ?? []
    const around = { before: known.get(line.no - 1) ?? [], same, ...chain, receivedAt }
    const one = judgeLine(deps.cipher, line, around)
    if (one === null) continue
    judged.push(one)
    known.set(line.no, [...same, { ...one, at: one.event?.at ?? null }])
  }
  if (judged.length === 0) return
  await insertLines(tx, chain, { judged, receivedAt, placesFrom: stand.lines + 1 })
  const digest = judged.reduce((before, line) => nextDigest(deps.cipher, before, line), stand.digest)
  await tx.query('UPDATE access_chains SET lines = lines + $3, digest = $4 WHERE device_id = $1 AND chain = $2', [
    ...[chain.deviceId, chain.chain, judged.length, digest]
  ])
}

interface ChainStand {
  readonly lines: number
  readonly digest: Uint8Array
}

async function linesAround(
  tx: Tx,
  { deviceId, chain }: ChainId,
  lines: readonly ChainLine[]
): Promise<Map<number, KnownLine[]>> {
  const { rows } = await tx.query<KnownLine>(
    `SELECT no, hash, reckoned, at FROM ${LINES_AND_HEADS} l
     WHERE device_id = $1 AND chain = $2 AND no = ANY($3::bigint[]) ORDER BY place`,
    [deviceId, chain, [...new Set(lines.flatMap(({ no }) => [no - 1, no]))]]
  )
  const known = new Map<number, KnownLine[]>()
  for (const row of rows) known.set(row.no, [...(known.get(row.no) ?? []), row])
  return known
}

async function insertLines(
  tx: Tx,
  { deviceId, chain, districtCode }: ChainId,
  given: { readonly judged: readonly JudgedLine[]; readonly receivedAt: string; readonly placesFrom: number }
): Promise<void> {
  const rows = given.judged.map(({ no, body, previousHash, hash, reckoned, event, marks }, index) => ({
    place: given.placesFrom + index,
    ...{ no, body, marks, previous_hash: hex(previousHash), hash: hex(hash), reckoned: hex(reckoned) },
    ...{ at: event?.at ?? null, account_id: event?.accountId ?? null, act: event?.act ?? null },
    case_ids: event?.caseIds ?? []
  }))
  await tx.query(
    `INSERT INTO access_lines (device_id, chain, place, no, body, previous_hash, hash, reckoned, district_code, received_at,
       marks, at, account_id, act, case_ids)
     SELECT $1, $2, place, no, body, decode(previous_hash, 'hex'), decode(hash, 'hex'), decode(reckoned, 'hex'), $3, $4,
       marks, at, account_id, act, case_ids
     FROM jsonb_to_recordset($5::jsonb) AS line (place bigint, no bigint, body text, previous_hash text, hash text, reckoned text, marks text[],
       at timestamptz, account_id uuid, act text, case_ids uuid[])
     ORDER BY place`,
    [deviceId, chain, districtCode, given.receivedAt, JSON.stringify(rows)]
  )
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
