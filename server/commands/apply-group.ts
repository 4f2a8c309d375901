import type { Cipher } from '#shared/cipher/cipher.ts'
import type { AnyCommand } from '#shared/commands/any-command.ts'
import type { Actor, Role } from '#shared/domain/account/account.ts'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import type { TimeDep } from '#shared/foundation/deps.ts'
import type { PushOutcome } from '#shared/sync-protocol/push.ts'
import type { Pool } from '../db/pool.ts'
import { runTx, type Tx, together } from '../db/run-tx.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import { requireOpenGate } from '../restore/gate.ts'
import { decideCommands, loadSubjects } from './decide-commands.ts'
import { type DevicePiece, lockDeviceSequences, type SortedPiece, seenCommands, sortPiece } from './device-sequence.ts'
import { advanceDevices, writeDecided } from './write-decided.ts'

export interface ApplyDeps extends TimeDep {
  readonly pool: Pool
  readonly keyRing: KeyRing
  readonly cipher: Cipher
  readonly policies: readonly PolicyRegister[]
}

export interface PieceAnswer {
  /** One for each command that was looked at, in the order they came. */
  readonly outcomes: readonly PushOutcome[]
  /** The last outcome says that another command had the number: nothing after it was looked at. */
  readonly isCopied: boolean
  /** The number that should have come where one is missing; nothing after it was looked at. */
  readonly missingSeq: number | null
}

/**
 * Applies pieces of several PCs of a district, at most one of each PC, in one transaction: those who send at the same
 * time share its commit. The outcome of each command is written in the transaction that applies it, so that a command
 * that comes twice is done once.
 */
export const applyGroup = (
  deps: ApplyDeps,
  districtCode: string,
  pieces: readonly DevicePiece[]
): Promise<PieceAnswer[]> =>
  runTx(deps.pool, (tx) => apply(tx, deps, districtCode, pieces), { retryUniqueViolation: true })

async function apply(
  tx: Tx,
  deps: ApplyDeps,
  districtCode: string,
  pieces: readonly DevicePiece[]
): Promise<PieceAnswer[]> {
  const deviceIds = pieces.map(({ deviceId }) => deviceId)
  const commands = pieces.flatMap((piece) => piece.commands)
  const [, lastSeqs, seen, actorOf, subjects] = await together([
    requireOpenGate(tx, districtCode),
    lockDeviceSequences(tx, deviceIds), // what a push of the same PC did before this one is seen by the statements behind it
    seenCommands(
      tx,
      districtCode,
      commands.map(({ id }) => id)
    ),
    actorsOfDevices(tx, deviceIds, districtCode),
    loadSubjects(tx, { ...deps, districtCode }, commands)
  ])
  const sorted = pieces.map((piece) => sortPiece(piece, { lastSeq: lastSeqs.get(piece.deviceId) ?? 0, seen }))
  const fresh = sorted.flatMap((piece) => piece.fresh)
  const deviceSeqs = new Map(pieces.map(({ deviceId }, index) => [deviceId, sorted[index]?.lastSeq ?? 0]))
  if (fresh.length === 0) {
    const hasAdvanced = [...deviceSeqs].some(([deviceId, seq]) => seq !== lastSeqs.get(deviceId))
    if (hasAdvanced) await advanceDevices(tx, deviceSeqs, deps.now())
    return answersOf(pieces, sorted, new Map())
  }
  const decided = await decideCommands(tx, { ...deps, districtCode }, { commands: fresh, actorOf, subjects })
  const written = await writeDecided(tx, deps, { districtCode, deviceSeqs, decided })
  return answersOf(pieces, sorted, written)
}

const answersOf = (
  pieces: readonly DevicePiece[],
  sorted: readonly SortedPiece[],
  written: ReadonlyMap<string, PushOutcome>
): PieceAnswer[] =>
  sorted.map(({ known, reused, missingSeq }, index) => {
    const outcomes = (pieces[index]?.commands ?? []).flatMap(({ id }) => known.get(id) ?? written.get(id) ?? [])
    const stop = reused === null ? [] : [refusedAsReused(reused.id)]
    return { outcomes: [...outcomes, ...stop], isCopied: reused !== null, missingSeq }
  })

const refusedAsReused = (commandId: string): PushOutcome => ({
  type: 'Refused',
  commandId,
  refusal: { type: 'DeviceSequenceReused' }
})

/**
 * Who may act through each PC: the accounts that have signed in on it. A PC's queue can hold the offline work of several
 * of them, whoever sends it.
 */
async function actorsOfDevices(
  tx: Tx,
  deviceIds: readonly string[],
  districtCode: string
): Promise<(command: AnyCommand) => Actor | undefined> {
  const { rows } = await tx.query<ActorRow>({
    name: 'actors-of-devices',
    text: `SELECT da.device_id, a.id, a.role, a.district_code, a.edits
      FROM accounts a JOIN device_accounts da ON da.account_id = a.id
      WHERE da.device_id = ANY($1::uuid[]) AND a.disabled_at IS NULL AND a.district_code = $2`,
    values: [deviceIds, districtCode]
  })
  const actors = new Map(rows.map((row) => [placeOf(row.device_id, row.id), actorOf(row)]))
  return ({ deviceId, issuedBy }) => actors.get(placeOf(deviceId, issuedBy))
}

interface ActorRow {
  readonly device_id: string
  readonly id: string
  readonly role: Role
  readonly district_code: string
  readonly edits: NonNullable<Actor['edits']> | null
}

const actorOf = ({ id, role, district_code: districtCode, edits }: ActorRow): Actor => ({
  ...{ id, role, districtCode },
  ...(edits !== null && { edits })
})

const placeOf = (deviceId: string, accountId: string): string => `${deviceId} ${accountId}`
