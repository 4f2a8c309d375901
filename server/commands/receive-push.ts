import type { Cipher } from '#shared/cipher/cipher.ts'
import type { Actor, Role } from '#shared/domain/account/account.ts'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import type { TimeDep } from '#shared/foundation/deps.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { ApiError } from '#shared/sync-protocol/api-error.ts'
import type { PushOutcome, PushRequest } from '#shared/sync-protocol/push.ts'
import type { Session } from '../accounts/sessions.ts'
import type { Pool } from '../db/pool.ts'
import { runTx, type Tx } from '../db/run-tx.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import { decideBatch } from './decide-batch.ts'
import { lockDeviceSequence, type SortedBatch, sortBatch } from './device-sequence.ts'
import { type ReadCommand, readCommand } from './read-command.ts'
import { writeBatch } from './write-batch.ts'

export interface PushDeps extends TimeDep {
  readonly pool: Pool
  readonly keyRing: KeyRing
  readonly cipher: Cipher
  readonly policies: readonly PolicyRegister[]
}

export type PushError = Extract<ApiError, { type: 'RequestInvalid' | 'DeviceSequenceGap' }>

/** Commands that share a transaction: large enough to be fast, small enough that a district never waits long. */
const BATCH = 250

/**
 * Applies a PC's commands in its order. The outcome of each is written in the transaction that applies it, so that a
 * command that comes twice is done once. A fault of the database fails the push without an outcome for what was not
 * committed; sending it again goes on from there.
 */
export async function receivePush(
  deps: PushDeps,
  session: Session,
  request: PushRequest
): Promise<Result<PushOutcome[], PushError>> {
  if (request.deviceId !== session.deviceId) return err({ type: 'RequestInvalid', where: ['body/deviceId'] })
  const outcomes: PushOutcome[] = []
  for (let at = 0; at < request.commands.length; at += BATCH) {
    const raw = request.commands.slice(at, at + BATCH)
    const commands = raw.map((one) => readCommand(one, session.deviceId))
    const batch = await runTx(deps.pool, (tx) => applyBatch(tx, deps, session, commands), {
      retryUniqueViolation: true
    })
    outcomes.push(...batch.outcomes)
    if (batch.missingSeq === null) continue
    return outcomes.length > 0 ? ok(outcomes) : err({ type: 'DeviceSequenceGap', expected: batch.missingSeq })
  }
  return ok(outcomes)
}

async function applyBatch(
  tx: Tx,
  deps: PushDeps,
  session: Session,
  commands: readonly ReadCommand[]
): Promise<{ outcomes: PushOutcome[]; missingSeq: number | null }> {
  const { deviceId } = session
  const { districtCode } = session.account
  const lastSeq = await lockDeviceSequence(tx, deviceId)
  const sorted = await sortBatch(tx, { deviceId, lastSeq, commands })
  if (sorted.fresh.length > 0 || sorted.reused.length > 0) {
    const actors = await actorsOfDevice(tx, deviceId, districtCode)
    const decided = await decideBatch(tx, { ...deps, districtCode }, sorted.fresh, actors)
    const written = await writeBatch(tx, deps, { ...sorted, deviceId, districtCode, decided })
    return { outcomes: inOrder(commands, sorted, written), missingSeq: sorted.missingSeq }
  }
  return { outcomes: inOrder(commands, sorted, new Map()), missingSeq: sorted.missingSeq }
}

/** One answer for each command that was looked at, in the order they came. */
function inOrder(
  commands: readonly ReadCommand[],
  { known }: SortedBatch,
  written: ReadonlyMap<string, PushOutcome>
): PushOutcome[] {
  return commands.flatMap(({ id }) => written.get(id) ?? known.get(id) ?? [])
}

/**
 * Who may act through this PC: the accounts that have signed in on it. A PC's queue can hold the offline work of several
 * of them, whoever sends it.
 */
async function actorsOfDevice(tx: Tx, deviceId: string, districtCode: string): Promise<Map<string, Actor>> {
  const { rows } = await tx.query<{ id: string; role: Role; district_code: string }>(
    `SELECT a.id, a.role, a.district_code FROM accounts a JOIN device_accounts da ON da.account_id = a.id
     WHERE da.device_id = $1 AND a.disabled_at IS NULL AND a.district_code = $2`,
    [deviceId, districtCode]
  )
  return new Map(rows.map((row) => [row.id, { id: row.id, role: row.role, districtCode: row.district_code }]))
}
