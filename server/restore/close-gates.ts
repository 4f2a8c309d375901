import type { TimeDep } from '#shared/foundation/deps.ts'
import type { Pool } from '../db/pool.ts'
import { runTx, type Tx } from '../db/run-tx.ts'
import { noteGeneration, readWitness } from './witness.ts'

/**
 * What showed that the centre was set back. `witness`: the keys database had seen more. `receipt`: a PC had. `copy`: both
 * databases are copies, so nobody here can say what is missing. `keys`: keys of cases are missing. `operator`: somebody
 * who restored it says so.
 */
export type RestoreCause = 'witness' | 'receipt' | 'copy' | 'keys' | 'operator'

export interface CloseDeps extends TimeDep {
  readonly pool: Pool
  readonly keysPool: Pool
}

export interface Closing {
  readonly cause: RestoreCause
  readonly reason?: string
  /** A generation that somebody has met already: the new one is higher. */
  readonly above?: number
  /** How far a stream is known to have gone. */
  readonly seen?: ReadonlyMap<string, number>
  readonly commandsBehind?: number
}

/** Numbers that are left out, so that no place of the lost part of a stream is given a second time. */
const LEFT_OUT = 1_000
/** PCs that were silent for longer when the backup was made had no living lease, and are not waited for. */
const LIVING_DAYS = 14
const DAY_MS = 86_400_000

/**
 * Shuts the gates of all districts under a new generation, for all app servers at once. False when another
 * PC's receipt has shut them just now.
 */
export async function closeGates(deps: CloseDeps, closing: Closing): Promise<boolean> {
  const witness = await readWitness(deps.keysPool)
  const closed = await runTx(deps.pool, async (tx) => {
    await tx.query("SELECT pg_advisory_xact_lock(hashtext('mnk_restore'))")
    if (closing.cause === 'receipt' && (await isAllShut(tx))) return null // another PC was first
    const districts = await streamsOfDistricts(tx)
    const generation = await nextGeneration(tx, deps, Math.max(witness.generation, closing.above ?? 0))
    const seen = (code: string) => Math.max(witness.seqs.get(code) ?? 0, closing.seen?.get(code) ?? 0)
    const behind = [...districts].reduce((sum, [code, end]) => sum + Math.max(0, seen(code) - end), 0)
    await tx.query(
      `INSERT INTO restores (generation, cause, begun_at, reason, changes_behind, commands_behind)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [generation, closing.cause, deps.now(), closing.reason ?? null, behind, closing.commandsBehind ?? null]
    )
    // With keys that were set back the streams are whole, and what came after the keys' backup cannot be opened.
    const isAlike = (code: string, end: number) =>
      closing.cause === 'keys' ? Math.min(end, witness.seqs.get(code) ?? 0) : end
    const alike = new Map([...districts].map(([code, end]) => [code, isAlike(code, end)]))
    await shut(tx, { generation, alike, livingSince: await livingSince(tx, deps.now()) })
    await leaveOut(tx, new Map([...districts].map(([code, end]) => [code, Math.max(end, seen(code)) + LEFT_OUT])))
    return { generation, districts: [...districts.keys()] }
  })
  if (closed === null) return false
  await noteGeneration(deps, closed.generation, closed.districts)
  return true
}

async function isAllShut(tx: Tx): Promise<boolean> {
  const { rows } = await tx.query<{ open: number; shut: number }>(
    `SELECT count(opened_at) AS open, count(*) FILTER (WHERE opened_at IS NULL) AS shut FROM restore_gates`
  )
  return rows[0] !== undefined && rows[0].shut > 0 && rows[0].open === 0
}

/** Every district that has somebody or something here, with the end of its stream. */
async function streamsOfDistricts(tx: Tx): Promise<Map<string, number>> {
  const { rows } = await tx.query<{ district_code: string; last_seq: number }>(
    `SELECT d.district_code, coalesce(s.last_seq, 0) AS last_seq FROM (
       SELECT district_code FROM accounts UNION SELECT district_code FROM devices
       UNION SELECT district_code FROM district_streams) d
     LEFT JOIN district_streams s ON s.district_code = d.district_code ORDER BY d.district_code`
  )
  return new Map(rows.map((row) => [row.district_code, row.last_seq]))
}

async function nextGeneration(tx: Tx, { now }: TimeDep, above: number): Promise<number> {
  const { rows } = await tx.query<{ last: number }>('SELECT coalesce(max(generation), 0) AS last FROM restores')
  const byTime = Date.parse(now()) // a number lost with the databases is not given again
  return Math.max(byTime, (rows[0]?.last ?? 0) + 1, above + 1)
}

async function livingSince(tx: Tx, now: string): Promise<string> {
  const { rows } = await tx.query<{ newest: string | null }>('SELECT max(last_contact_at) AS newest FROM devices')
  return new Date(Date.parse(rows[0]?.newest ?? now) - LIVING_DAYS * DAY_MS).toISOString()
}

async function shut(
  tx: Tx,
  gate: { generation: number; alike: ReadonlyMap<string, number>; livingSince: string }
): Promise<void> {
  await tx.query(
    `INSERT INTO restore_gates (district_code, generation, stream_end, living_since)
     SELECT district_code, $1, stream_end, $4 FROM unnest($2::text[], $3::bigint[]) AS given (district_code, stream_end)
     ON CONFLICT (district_code) DO UPDATE SET
       generation = excluded.generation, living_since = excluded.living_since,
       stream_end = CASE WHEN restore_gates.opened_at IS NULL
         THEN least(restore_gates.stream_end, excluded.stream_end) ELSE excluded.stream_end END,
       opened_at = NULL, opened_by = NULL, opened_reason = NULL, opened_seq = NULL`,
    [gate.generation, [...gate.alike.keys()], [...gate.alike.values()], gate.livingSince]
  )
  await tx.query(
    `INSERT INTO restore_ends (generation, district_code, stream_end)
     SELECT generation, district_code, stream_end FROM restore_gates WHERE generation = $1`,
    [gate.generation]
  )
}

/** Moves the ends of streams forward to at least these places. */
export async function leaveOut(tx: Tx, ends: ReadonlyMap<string, number>): Promise<void> {
  await tx.query(
    `INSERT INTO district_streams (district_code, last_seq)
     SELECT district_code, last_seq FROM unnest($1::text[], $2::bigint[]) AS given (district_code, last_seq)
     ORDER BY district_code
     ON CONFLICT (district_code) DO UPDATE SET last_seq = greatest(district_streams.last_seq, excluded.last_seq)`,
    [[...ends.keys()], [...ends.values()]]
  )
}
