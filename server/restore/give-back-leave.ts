import type { Queryable } from '../db/pool.ts'
import type { Tx } from '../db/run-tx.ts'
import { CentreRestoringError, type Stand } from './gate.ts'

/** The PC that gives back. */
export interface Giver {
  readonly deviceId: string
  readonly districtCode: string
  /** The restore that its receipt of the last pull speaks of; null: it shows none. */
  readonly claimedGeneration: number | null
  /** The PC's highest number that the receipt speaks of; 0: it shows none. */
  readonly claimedSeq: number
}

/** `commands_once_open`: of what comes after the gate opened only the commands, which are decided again. */
export type Heard = 'whole' | 'commands_once_open' | 'nothing'

/**
 * What of a PC's giving back is taken. A record given back is not decided by anybody, so each PC is heard once: until it
 * has reported, and once the gate is open only if it was here before the restore. Where two PCs have the same files, one of
 * them may have reported for both: the other is heard when its receipt proves that it had been acknowledged more, and by
 * its records and burials only while the gate is shut. A PC that holds receipts back would be heard once for each.
 */
export async function mayGive(db: Queryable, giver: Giver, stand: Stand): Promise<Heard> {
  const { rows } = await db.query<{ has_reported: boolean; was_here: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM restore_reports
         WHERE generation = $1 AND device_id = $2 AND ended_at IS NOT NULL) AS has_reported,
       EXISTS (SELECT 1 FROM devices d JOIN restores r ON r.generation = $1
         WHERE d.id = $2 AND d.enrolled_at < r.begun_at) AS was_here`,
    [stand.generation, giver.deviceId]
  )
  const [row] = rows
  const isOlder = giver.claimedGeneration !== null && giver.claimedGeneration < stand.generation
  const knowsMore = isOlder && giver.claimedSeq > stand.deviceSeq
  if (row === undefined || (row.has_reported && !knowsMore)) return 'nothing'
  if (row.has_reported) return 'commands_once_open'
  return stand.isClosed || isOlder || row.was_here ? 'whole' : 'nothing'
}

/**
 * Where the stream stood when the gate opened (null: it is shut), kept as it is until the transaction ends.
 * @throws CentreRestoringError: another restore has begun meanwhile.
 */
export async function holdGate(
  tx: Tx,
  { districtCode, generation }: { districtCode: string; generation: number }
): Promise<number | null> {
  const { rows } = await tx.query<{ opened_seq: number | null }>(
    'SELECT opened_seq FROM restore_gates WHERE district_code = $1 AND generation = $2 FOR SHARE',
    [districtCode, generation]
  )
  const [gate] = rows
  if (gate === undefined) throw new CentreRestoringError('another restore has begun')
  return gate.opened_seq
}
