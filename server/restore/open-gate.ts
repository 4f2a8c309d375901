import type { TimeDep } from '#shared/foundation/deps.ts'
import type { Pool } from '../db/pool.ts'
import { runTx, type Tx } from '../db/run-tx.ts'
import { streamEnd } from '../sync/district-stream.ts'
import { type RedoDeps, redoCommands } from './redo-commands.ts'

export interface OpenDeps extends RedoDeps, TimeDep {
  readonly pool: Pool
}

export interface Opening {
  readonly districtCode: string
  /** Who says so before all PCs have reported; null: all have. */
  readonly by: string | null
  readonly reason: string | null
}

/** Opens a district's gate. False when it is not shut. What no record brought back is decided again before. */
export function openGate(deps: OpenDeps, { districtCode, by, reason }: Opening): Promise<boolean> {
  const open = async (tx: Tx): Promise<boolean> => {
    const { rows } = await tx.query<{ generation: number }>(
      'SELECT generation FROM restore_gates WHERE district_code = $1 AND opened_at IS NULL FOR UPDATE',
      [districtCode]
    )
    const [gate] = rows
    if (gate === undefined) return false
    await redoCommands(tx, deps, {
      districtCode,
      generation: gate.generation,
      openedSeq: null,
      isLongAway: false,
      now: deps.now()
    })
    await tx.query(
      `UPDATE restore_gates SET opened_at = $2, opened_by = $3, opened_reason = $4, opened_seq = $5
       WHERE district_code = $1`,
      [districtCode, deps.now(), by, reason, await streamEnd(tx, districtCode)]
    )
    await tx.query(
      `UPDATE restore_ends e SET opened_seq = g.opened_seq FROM restore_gates g
       WHERE g.district_code = $1 AND e.district_code = g.district_code AND e.generation = g.generation`,
      [districtCode]
    )
    return true
  }
  // Another district's gate may be taking the same case back at this moment.
  return runTx(deps.pool, open, { retryUniqueViolation: true })
}

/** Opens the gates of those districts all of whose PCs with a living lease have reported. */
export async function openCompleteGates(deps: OpenDeps): Promise<void> {
  const { rows } = await deps.pool.query<{ district_code: string }>(
    `SELECT g.district_code FROM restore_gates g WHERE g.opened_at IS NULL AND NOT EXISTS (
       SELECT 1 FROM (${AWAITED}) awaited WHERE awaited.district_code = g.district_code AND awaited.reported_at IS NULL)`
  )
  for (const { district_code: districtCode } of rows) await openGate(deps, { districtCode, by: null, reason: null })
}

/**
 * The PCs that a shut gate waits for: those that had a living lease when the backup was made. One that has not reported for
 * an earlier restore whose gate had opened is late for that one, and is heard when this gate is open.
 */
export const AWAITED = `
SELECT d.id, d.name, d.district_code, d.last_contact_at, r.ended_at AS reported_at
FROM devices d JOIN restore_gates g ON g.district_code = d.district_code
LEFT JOIN restore_reports r ON r.device_id = d.id AND r.generation = g.generation
WHERE d.revoked_at IS NULL AND d.wipe_ordered_at IS NULL AND d.last_contact_at >= g.living_since
  AND NOT EXISTS (SELECT 1 FROM restore_ends e JOIN restores s ON s.generation = e.generation
    WHERE e.district_code = d.district_code AND e.generation < g.generation AND e.opened_seq IS NOT NULL
      AND d.enrolled_at < s.begun_at AND e.generation > coalesce((SELECT max(generation) FROM restore_reports
        WHERE device_id = d.id AND ended_at IS NOT NULL AND generation < g.generation), 0))`
