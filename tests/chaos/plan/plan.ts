import { assertNever } from '#shared/foundation/assert-never.ts'
import { LINE_FAULT_TYPES, type LineFault } from '../line/line-fault.ts'
import { type Random, seededRandom } from './random.ts'
import {
  CENTRE_POINTS,
  CORRECTIONS,
  DESK_POINTS,
  type Death,
  type OfficerStep,
  type ProcessStep,
  RESTORED,
  type Step,
  type StepType
} from './step.ts'

/** Desks of the office by place; one more place stands for a copy of one of them. */
export const DESK_DISTRICTS = ['11680', '11680', '11440', '11440'] as const
export const TWIN_PLACE = DESK_DISTRICTS.length
export const DISTRICTS = ['11680', '11440'] as const
/** A dong of each. */
export const DONGS: Readonly<Record<string, string>> = { '11680': '1168064000', '11440': '1144056500' }

/** How often each kind of round comes, against the others. */
export const WEIGHTS: Readonly<Record<StepType, number>> = {
  register: 80,
  correct: 300,
  move: 70,
  together: 60,
  attach: 30,
  draft: 30,
  look: 40,
  discard: 20,
  decide: 60,
  amend: 15,
  hand_over: 12,
  sync: 120,
  lock: 20,
  line_fault: 110,
  line_down: 30,
  kill_desk: 40,
  kill_centre: 12,
  restart_centre: 3,
  back_up_centre: 6,
  restore_centre: 5,
  clock: 20,
  old_protocol: 6,
  disk_full: 10,
  copy_desk: 8,
  set_back_desk: 5,
  twin: 4,
  lose_store: 6,
  bury: 14,
  move_away: 14,
  shut_out: 5,
  lease_over: 4
}

/** The whole run of a seed, one step a round. The same seed and length give the same plan. */
export function planOf({ seed, rounds }: { seed: number; rounds: number }): Step[] {
  const random = seededRandom(seed)
  return Array.from({ length: rounds }, () => stepOf(random, drawType(random)))
}

const TYPES = Object.keys(WEIGHTS) as StepType[]
const ALL_WEIGHTS = TYPES.reduce((sum, type) => sum + WEIGHTS[type], 0)

function drawType(random: Random): StepType {
  let left = random.share() * ALL_WEIGHTS
  for (const type of TYPES) {
    left -= WEIGHTS[type]
    if (left < 0) return type
  }
  return 'sync'
}

const anyDesk = (random: Random): number => random.below(TWIN_PLACE + 1)
const homeDesk = (random: Random): number => random.below(TWIN_PLACE)
/** The square: a few cases are met again and again. */
const anyCase = (random: Random): number => random.share() ** 2

function stepOf(random: Random, type: StepType): Step {
  switch (type) {
    case 'register':
      return { type, desk: anyDesk(random), withDraft: random.chance(0.5) }
    case 'correct':
      return { type, desk: anyDesk(random), share: anyCase(random), field: random.pick(CORRECTIONS) }
    case 'move':
      return { type, desk: anyDesk(random), share: anyCase(random), to: random.below(4) }
    case 'together':
      return {
        type,
        district: random.below(DISTRICTS.length),
        share: anyCase(random),
        field: random.pick(CORRECTIONS)
      }
    case 'decide':
      return { type, desk: anyDesk(random), share: random.share(), pick: random.pick(['theirs', 'mine']) }
    case 'attach':
      return {
        type,
        desk: anyDesk(random),
        share: anyCase(random),
        bytes: random.pick([900, 40_000, 300_000, 700_000])
      }
    case 'draft':
    case 'look':
      return { type, desk: anyDesk(random), share: anyCase(random) }
    case 'discard':
    case 'amend':
    case 'hand_over':
    case 'lock':
      return { type, desk: anyDesk(random) }
    case 'sync':
      return { type, desk: anyDesk(random), waits: random.chance(0.4) }
    case 'line_fault':
    case 'line_down':
      return lineStepOf(random, type)
    case 'kill_desk':
    case 'kill_centre':
    case 'restart_centre':
    case 'back_up_centre':
    case 'restore_centre':
    case 'clock':
    case 'old_protocol':
      return processStepOf(random, type)
    case 'disk_full':
      return { type, desk: homeDesk(random), rounds: 1 + random.below(6) }
    case 'copy_desk':
    case 'set_back_desk':
    case 'twin':
      return { type, desk: homeDesk(random) }
    case 'lose_store':
      return { type, desk: homeDesk(random), what: random.pick(['file', 'vault']) }
    case 'bury':
    case 'move_away':
    case 'shut_out':
    case 'lease_over':
      return officerStepOf(random, type)
    default:
      return assertNever(type)
  }
}

function officerStepOf(random: Random, type: OfficerStep['type']): Step {
  switch (type) {
    case 'bury':
      return { ...aCase(random), type, reason: random.pick(['destroyed', 'destroyed', 'withdrawn']) }
    case 'move_away':
      return { ...aCase(random), type }
    case 'shut_out': {
      const death = { point: random.pick(DESK_POINTS), passage: 1 + random.below(6) }
      return {
        type,
        desk: homeDesk(random),
        how: random.pick(['revoked', 'wiped']),
        death: random.chance(0.5) ? death : null
      }
    }
    case 'lease_over':
      return { type, desk: homeDesk(random), days: random.pick([8, 15]) }
    default:
      return assertNever(type)
  }
}

const aCase = (random: Random) => ({ district: random.below(DISTRICTS.length), share: anyCase(random) })

function lineStepOf(random: Random, type: 'line_fault' | 'line_down'): Step {
  if (type === 'line_down') return { type, desk: anyDesk(random), rounds: 2 + random.below(15) }
  const faults = Array.from({ length: 1 + random.below(3) }, () => faultOf(random))
  return { type, desk: anyDesk(random), faults }
}

function processStepOf(random: Random, type: ProcessStep['type']): Step {
  switch (type) {
    case 'kill_desk':
      return { type, desk: anyDesk(random), death: deathOf(random, DESK_POINTS) }
    case 'kill_centre':
      return { type, death: deathOf(random, CENTRE_POINTS) }
    case 'restart_centre':
    case 'back_up_centre':
      return { type }
    case 'restore_centre':
      return { type, which: random.pick(RESTORED) }
    case 'clock':
      return { type, desk: anyDesk(random), hours: random.below(97) - 48 }
    case 'old_protocol':
      return { type, desk: homeDesk(random), rounds: 2 + random.below(8) }
    default:
      return assertNever(type)
  }
}

function deathOf(random: Random, points: typeof DESK_POINTS | typeof CENTRE_POINTS): Death {
  if (random.chance(0.4)) return { at: 'ms', ms: random.below(60) }
  return { at: 'point', point: points[random.below(points.length)] ?? points[0], passage: 1 + random.below(3) }
}

function faultOf(random: Random): LineFault {
  const type = random.pick(LINE_FAULT_TYPES)
  switch (type) {
    case 'request_cut':
    case 'answer_cut':
      return { type, share: random.share() }
    case 'twice':
      return { type, atOnce: random.chance(0.5), hears: random.pick(['first', 'second']) }
    case 'late':
      return { type, ms: 20 + random.below(1500) }
    case 'slow':
      return { type, ms: 20 + random.below(300) }
    case 'black_hole':
      return { type, ms: 50 + random.below(400) }
    case 'refused':
    case 'head_cut':
    case 'captive_portal':
    case 'bad_gateway':
    case 'replay':
      return { type }
    default:
      return assertNever(type)
  }
}
