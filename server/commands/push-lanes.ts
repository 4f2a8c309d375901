import { createTurns, TooBusyError } from '../accounts/turns.ts'
import { isDatabaseAway } from '../db/run-tx.ts'
import { type ApplyDeps, applyGroup, type PieceAnswer } from './apply-group.ts'
import type { DevicePiece } from './device-sequence.ts'

/** Where the pieces of all PCs queue, a lane for each district: its stream lets one transaction through at a time. */
export type PushLanes = (districtCode: string, piece: DevicePiece) => Promise<PieceAnswer>

/** Commands that share a transaction: large enough to be fast, small enough that a district never waits long. */
const COMMANDS_A_GROUP = 500
/** Districts that write at the same time: more of them would only take turns inside PostgreSQL, in smaller groups. */
const LANES_AT_ONCE = 4
/** Pieces that wait in one lane. Each holds the memory of its commands; more are told to come back. */
const MOST_WAITING = 1_000
/** Of one PC; one that works as it should has one at a time. So no PC fills the lane of its district. */
const MOST_WAITING_OF_A_PC = 8

interface Waiting {
  readonly piece: DevicePiece
  readonly resolve: (answer: PieceAnswer) => void
  readonly reject: (fault: unknown) => void
}

/**
 * Whoever comes while a transaction of the district runs goes into the next one, together with all others who came
 * meanwhile: the more send at once, the more share a commit.
 */
export function createPushLanes(deps: ApplyDeps): PushLanes {
  const lanes = new Map<string, Waiting[]>()
  const turns = createTurns({ atOnce: LANES_AT_ONCE, waiting: Number.POSITIVE_INFINITY })

  const run = async (districtCode: string, lane: Waiting[]): Promise<void> => {
    while (lane.length > 0) await turns(() => applyWaiting(deps, districtCode, takeGroup(lane)))
    lanes.delete(districtCode)
  }
  return (districtCode, piece) =>
    new Promise((resolve, reject) => {
      const waiting = { piece, resolve, reject }
      const lane = lanes.get(districtCode)
      if (lane === undefined) {
        const opened = [waiting]
        lanes.set(districtCode, opened)
        void run(districtCode, opened)
      } else if (lane.length < MOST_WAITING && waitingOf(lane, piece.deviceId) < MOST_WAITING_OF_A_PC)
        lane.push(waiting)
      else reject(new TooBusyError('too many pushes of the district are waiting'))
    })
}

const waitingOf = (lane: readonly Waiting[], deviceId: string): number =>
  lane.reduce((count, { piece }) => count + (piece.deviceId === deviceId ? 1 : 0), 0)

/** The next pieces in order of arrival, one of each PC: its second sees what became of its first. */
function takeGroup(lane: Waiting[]): Waiting[] {
  const group: Waiting[] = []
  const devices = new Set<string>()
  let commands = 0
  for (const waiting of [...lane]) {
    const { piece } = waiting
    const isFull = commands + piece.commands.length > COMMANDS_A_GROUP
    if (group.length > 0 && isFull) break
    if (devices.has(piece.deviceId)) continue
    devices.add(piece.deviceId)
    commands += piece.commands.length
    group.push(waiting)
    lane.splice(lane.indexOf(waiting), 1)
  }
  return group
}

/** Never rejects: each waiting one gets its answer or its fault. One that fails its group fails alone. */
async function applyWaiting(deps: ApplyDeps, districtCode: string, group: readonly Waiting[]): Promise<void> {
  try {
    const answers = await applyGroup(
      deps,
      districtCode,
      group.map(({ piece }) => piece)
    )
    for (const [index, answer] of answers.entries()) group[index]?.resolve(answer)
  } catch (fault) {
    if (group.length === 1 || isDatabaseAway(fault)) for (const { reject } of group) reject(fault)
    else for (const waiting of group) await applyWaiting(deps, districtCode, [waiting])
  }
}
