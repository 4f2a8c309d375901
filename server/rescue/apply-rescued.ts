import { type AnyCommand, isCaseCommand } from '#shared/commands/any-command.ts'
import type { CommandBase } from '#shared/commands/command.ts'
import { hasMarks, markedCommand, resolveMarks } from '#shared/commands/marks.ts'
import { assertNever } from '#shared/foundation/assert-never.ts'
import type { PushOutcome } from '#shared/sync-protocol/push.ts'
import type { PushLanes } from '../commands/push-lanes.ts'
import { readCommand } from '../commands/read-command.ts'
import type { Pool } from '../db/pool.ts'

export interface ApplyRescuedDeps {
  readonly pool: Pool
  readonly pushLanes: PushLanes
}

export interface RescuedOutcome {
  readonly applied: number
  readonly alreadyApplied: number
  readonly refused: number
  /** A command before the rest of them never came; they were not looked at. */
  readonly hasGap: boolean
}

const PIECE = 250
/** A field that is not said to have been seen later was seen as the case began. */
const FIRST_REV = 1

export interface RescuedWork {
  readonly commands: readonly AnyCommand[]
  /** An administrator has released them: they go in behind a gap, too. */
  readonly overGaps: boolean
}

/**
 * Applies the commands of a capsule in the ordinary way, as the PC's own and in its order: what the centre has had is
 * recognised by its id. `overGaps`: under no number, since the PC may have gone on with another store meanwhile.
 */
export async function applyRescued(
  deps: ApplyRescuedDeps,
  pc: { deviceId: string; districtCode: string },
  { commands, overGaps }: RescuedWork
): Promise<RescuedOutcome> {
  const { deviceId, districtCode } = pc
  const seen = new Map<number, { base: CommandBase; rev: number | null }>()
  const counts = { applied: 0, alreadyApplied: 0, refused: 0 }
  for (let at = 0; at < commands.length; ) {
    const raw = nextPiece(commands.slice(at, at + PIECE))
    const piece = await Promise.all(raw.map((command) => withRevisions(deps.pool, deviceId, seen, command)))
    const answer = await deps.pushLanes(districtCode, {
      deviceId,
      numbering: overGaps ? 'none' : 'rescued',
      givenUpTo: 0,
      commands: piece.map((command) => readCommand(command, { deviceId, sentBy: null }))
    })
    for (const [index, outcome] of answer.outcomes.entries()) {
      const command = piece[index]
      if (command === undefined) continue
      const kind = kindOf(outcome)
      counts[kind] += 1
      const base = isCaseCommand(command) ? command.base : {}
      seen.set(command.deviceSeq, { base, rev: kind === 'refused' ? null : revOf(outcome) })
    }
    at += answer.outcomes.length
    if (answer.missingSeq !== null) return { ...counts, hasGap: at < commands.length }
  }
  return { ...counts, hasGap: false }
}

/** A command that builds on an unanswered one of the same PC waits for that one's answer. */
function nextPiece(commands: readonly AnyCommand[]): readonly AnyCommand[] {
  const second = commands.findIndex((command, index) => index > 0 && isCaseCommand(command) && hasMarks(command.base))
  return second < 0 ? commands : commands.slice(0, second)
}

/** The command with the centre's revisions in place of the PC's marks. */
async function withRevisions(
  pool: Pool,
  deviceId: string,
  seen: Map<number, { base: CommandBase; rev: number | null }>,
  command: AnyCommand
): Promise<AnyCommand> {
  if (!isCaseCommand(command)) return command
  const marked = Object.values(command.base).flatMap((rev) => markedCommand(rev) ?? [])
  const unknown = marked.filter((seq) => !seen.has(seq))
  if (unknown.length > 0) {
    const { rows } = await pool.query<{ device_seq: number; outcome: PushOutcome }>(
      'SELECT device_seq, outcome FROM commands WHERE device_id = $1 AND device_seq = ANY($2::bigint[])',
      [deviceId, unknown]
    )
    for (const { device_seq, outcome } of rows) seen.set(device_seq, { base: {}, rev: revOf(outcome) })
  }
  const base = resolveMarks(command.base, (seq, field) => {
    const known = seen.get(seq)
    return known?.rev ?? known?.base[field] ?? FIRST_REV
  })
  return { ...command, base }
}

export type RescuedKind = 'applied' | 'alreadyApplied' | 'refused'

export function kindOf(outcome: PushOutcome): RescuedKind {
  switch (outcome.type) {
    case 'Applied':
    case 'Merged':
    case 'Conflict':
      return 'applied'
    case 'AlreadyApplied':
      return 'alreadyApplied'
    case 'Refused':
    case 'BatchRefused':
    case 'Quarantined':
    case 'HandedOver':
      return 'refused'
    default:
      return assertNever(outcome)
  }
}

const revOf = (outcome: PushOutcome): number | null => ('rev' in outcome ? outcome.rev : null)
