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

/** `commands`: nothing but commands, which are decided again. `commands_once_open`: everything until the gate opens. */
export type Heard = 'whole' | 'commands_once_open' | 'commands' | 'nothing'

/**
 * What of a PC's giving back is taken. A record given back is not decided by anybody, so each PC is heard once: until it
 * has reported, and once the gate is open only if it was here before the restore. Where two PCs have the same files, one of
 * them may have reported for both: the other is heard when its receipt is of before the restore. Its records and burials
 * count only while the gate is shut, and only if it proves that it had been acknowledged more. A PC that holds receipts
 * back is heard like that as well: by commands that it could just as well push.
 */
export async function mayGive(db: Queryable, giver: Giver, stand: Stand): Promise<Heard> {
  const { hasReported, wasHere } = await readGiver(db, giver, stand)
  const isOlder = isFromBefore(giver, stand)
  if (hasReported && !isOlder) return 'nothing'
  if (hasReported) return giver.claimedSeq > stand.deviceSeq ? 'commands_once_open' : 'commands'
  return stand.isClosed || isOlder || wasHere ? 'whole' : 'nothing'
}

/**
 * Up to which number the centre has the PC's commands. 0: another PC with the same files has reported for it, and which of
 * the numbers up to that one's highest are here nobody can tell.
 */
export async function knownUpTo(db: Queryable, giver: Giver, stand: Stand): Promise<number> {
  if (!isFromBefore(giver, stand)) return stand.deviceSeq
  return (await readGiver(db, giver, stand)).hasReported ? 0 : stand.deviceSeq
}

const isFromBefore = ({ claimedGeneration }: Giver, { generation }: Stand): boolean =>
  claimedGeneration !== null && claimedGeneration < generation

async function readGiver(
  db: Queryable,
  { deviceId }: Giver,
  { generation }: Stand
): Promise<{ hasReported: boolean; wasHere: boolean }> {
  const { rows } = await db.query<{ has_reported: boolean; was_here: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM restore_reports
         WHERE generation = $1 AND device_id = $2 AND ended_at IS NOT NULL) AS has_reported,
       EXISTS (SELECT 1 FROM devices d JOIN restores r ON r.generation = $1
         WHERE d.id = $2 AND d.enrolled_at < r.begun_at) AS was_here`,
    [generation, deviceId]
  )
  return { hasReported: rows[0]?.has_reported === true, wasHere: rows[0]?.was_here === true }
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
