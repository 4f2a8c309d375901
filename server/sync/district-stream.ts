import type { Queryable } from '../db/pool.ts'
import type { Tx } from '../db/run-tx.ts'

/** The PostgreSQL channel on which app servers tell each other that a district's stream went on. */
export const STREAM_CHANNEL = 'mnk_district_stream'

/**
 * Takes the next `count` places in the district's stream and returns the first. The counter's row stays locked until
 * the transaction ends, so the commits of a district happen in the order of their numbers, and a reader who has seen a
 * number has seen every smaller one. Other app servers hear of it when the transaction commits.
 */
export async function takeSeqs(
  tx: Tx,
  { districtCode, count }: { districtCode: string; count: number }
): Promise<number> {
  if (count === 0) return 0
  const { rows } = await tx.query<{ last_seq: number }>({
    name: 'take-seqs',
    text: `WITH taken AS (
        INSERT INTO district_streams (district_code, last_seq) VALUES ($1, $2)
        ON CONFLICT (district_code) DO UPDATE SET last_seq = district_streams.last_seq + excluded.last_seq
        RETURNING last_seq
      )
      SELECT last_seq, pg_notify($3, json_build_object('districtCode', $1::text, 'cursor', last_seq)::text) FROM taken`,
    values: [districtCode, count, STREAM_CHANNEL]
  })
  return (rows[0]?.last_seq ?? 0) - count + 1
}

/** How far the district's stream goes: everything up to here is committed. */
export async function streamEnd(db: Queryable, districtCode: string): Promise<number> {
  const { rows } = await db.query<{ last_seq: number }>(
    'SELECT last_seq FROM district_streams WHERE district_code = $1',
    [districtCode]
  )
  return rows[0]?.last_seq ?? 0
}

/** Every app server looks at once whose event streams it still holds, rather than at its next heartbeat. */
export async function tellSessionsEnded(db: Queryable): Promise<void> {
  await db.query('SELECT pg_notify($1, $2)', [STREAM_CHANNEL, JSON.stringify({ sessionsEnded: true })])
}

/** The same of every district that has one. */
export async function streamEnds(db: Queryable): Promise<Map<string, number>> {
  const { rows } = await db.query<{ district_code: string; last_seq: number }>(
    'SELECT district_code, last_seq FROM district_streams'
  )
  return new Map(rows.map((row) => [row.district_code, row.last_seq]))
}
