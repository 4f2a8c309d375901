import type { Queryable } from '../db/pool.ts'
import type { Tx } from '../db/run-tx.ts'

/** How a district and one of its PCs stand: what decides whether the PC is served. */
export interface Stand {
  readonly isClosed: boolean
  /** 0: this centre never came back from a backup. */
  readonly generation: number
  /**
   * Where the district's stream ended when the centre came back, the least of the restores that the PC has not reported
   * for; its end now, if it never did.
   */
  readonly alikeUpTo: number
  readonly streamEnd: number
  /** The earliest restore that the PC has not reported for before this one. */
  readonly missedSince: number
  /** Where the stream stood when the gate opened, the least of those restores; null: none of them has opened. */
  readonly openedSeq: number | null
  /** The highest number of the PC's commands that the centre has. */
  readonly deviceSeq: number
}

interface StandRow {
  generation: number | null
  missed_since: number | null
  gate_end: number | null
  opened_at: string | null
  opened_seq: number | null
  last_seq: number | null
  last_device_seq: number | null
}

/** A district and one of its PCs. */
export interface StandOf {
  readonly districtCode: string
  readonly deviceId: string
  /** The restore that its receipt speaks of: tells of a PC that the centre does not know. */
  readonly claimedGeneration?: number | null
}

export async function readStand(db: Queryable, asked: StandOf): Promise<Stand> {
  const [stand] = await readStands(db, [asked])
  return stand ?? standOf(undefined)
}

/** Those of several, in their order. */
export async function readStands(db: Queryable, asked: readonly StandOf[]): Promise<Stand[]> {
  const { rows } = await db.query<StandRow>({
    name: 'stands',
    text: `SELECT g.generation, least(g.stream_end, missed.stream_end) AS gate_end, g.opened_at,
        least(g.opened_seq, missed.opened_seq) AS opened_seq, least(g.generation, missed.since) AS missed_since,
        s.last_seq, d.last_device_seq
      FROM unnest($1::text[], $2::uuid[], $3::bigint[]) WITH ORDINALITY
        AS asked (district_code, device_id, claimed, place)
      LEFT JOIN restore_gates g ON g.district_code = asked.district_code
      LEFT JOIN district_streams s ON s.district_code = asked.district_code
      LEFT JOIN devices d ON d.id = asked.device_id
      LEFT JOIN LATERAL (
        SELECT min(e.generation) AS since, min(e.stream_end) AS stream_end, min(e.opened_seq) AS opened_seq
        FROM restore_ends e JOIN restores r ON r.generation = e.generation
        WHERE e.district_code = asked.district_code AND e.generation <= g.generation
          AND CASE WHEN d.id IS NULL OR d.was_given_back THEN e.generation > coalesce(asked.claimed, 0)
            ELSE d.enrolled_at < r.begun_at END
          AND e.generation > coalesce((SELECT max(generation) FROM restore_reports
            WHERE device_id = asked.device_id AND ended_at IS NOT NULL AND generation < g.generation), 0)
      ) missed ON true
      ORDER BY asked.place`,
    values: [
      asked.map(({ districtCode }) => districtCode),
      asked.map(({ deviceId }) => deviceId),
      asked.map(({ claimedGeneration }) => claimedGeneration ?? null)
    ]
  })
  return rows.map(standOf)
}

function standOf(row: StandRow | undefined): Stand {
  const streamEnd = row?.last_seq ?? 0
  return {
    isClosed: row !== undefined && row.generation !== null && row.opened_at === null,
    generation: row?.generation ?? 0,
    alikeUpTo: row?.gate_end ?? streamEnd,
    streamEnd,
    missedSince: row?.missed_since ?? 0,
    openedSeq: row?.opened_seq ?? null,
    deviceSeq: row?.last_device_seq ?? 0
  }
}

/** The gate was shut while a request was under way. */
export class CentreRestoringError extends Error {
  override readonly name = 'CentreRestoringError'
}

/** @throws CentreRestoringError: what began before the gate was shut must not write after it. */
export async function requireOpenGate(tx: Tx, districtCode: string): Promise<void> {
  const { rows } = await tx.query({
    name: 'open-gate',
    text: 'SELECT generation FROM restore_gates WHERE district_code = $1 AND opened_at IS NULL',
    values: [districtCode]
  })
  if (rows.length > 0) throw new CentreRestoringError('the centre is being restored')
}
