import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { assertNever } from '#shared/foundation/assert-never.ts'
import { type Breach, breachesOf } from './invariants/invariants.ts'
import { Acts } from './office/acts.ts'
import { Misfortunes } from './office/misfortunes.ts'
import { type Observation, observe } from './office/observe.ts'
import { Office } from './office/office.ts'
import { type Halt, settle } from './office/settle.ts'
import { planOf } from './plan/plan.ts'
import type { Step } from './plan/step.ts'
import type { PlantedBug } from './planted-bugs.ts'

export interface ChaosOptions {
  readonly seed: number
  readonly rounds: number
  readonly postgresUrl: string
  /** Made, and removed when nothing was found. */
  readonly dir: string
  /** Rounds between two looks at everything; the last look is at the end. */
  readonly checkEvery?: number
  readonly log: (line: string) => void
}

export interface ChaosReport {
  readonly seed: number
  readonly rounds: number
  /** How many rounds of each kind were played. */
  readonly played: ReadonlyMap<Step['type'], number>
  /** What went wrong on the lines, by kind. */
  readonly lineFaults: ReadonlyMap<string, number>
  readonly saved: number
  readonly checks: number
  readonly breaches: readonly Breach[]
  readonly ms: number
}

const CHECK_EVERY = 50
/** A planted bug may keep a desk from coming to rest for good. */
const PLANTED_TRIES = 4
/** Taken in at each desk before the first round. */
const FIRST_CASES = 5

/** Plays the plan of a seed and looks at everything in between. It ends at the first look that finds something. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const begun = performance.now()
  const office = await Office.open(options)
  const run = new Run(office, options)
  let keeps = true // also where the bed itself breaks
  try {
    const breaches = await run.play()
    keeps = breaches.length > 0
    return run.report({ breaches, ms: performance.now() - begun })
  } finally {
    await office.close({ keeps })
  }
}

export interface FoundBug {
  readonly what: string
  /** What was reported under the promise that the bug breaks. */
  readonly breaches: readonly Breach[]
}

/** Proves that the looks see something: a quiet office, one planted bug after the other, and what is reported of each. */
export async function findPlanted(
  { postgresUrl, dir }: Pick<ChaosOptions, 'postgresUrl' | 'dir'>,
  bugs: readonly PlantedBug[]
): Promise<FoundBug[]> {
  const office = await Office.open({ postgresUrl, dir, log: () => undefined })
  const run = new Run(office, { postgresUrl, dir, seed: 0, rounds: 0, log: () => undefined })
  try {
    await run.openTheOffice()
    const before = await run.look()
    if (before.length > 0) return bugs.map(({ what }) => ({ what, breaches: [] }))
    const found: FoundBug[] = []
    for (const bug of bugs) {
      const known = new Set((await run.look({ settles: false })).map(({ line }) => line))
      await bug.plant(office, run.acts)
      const breaches = (await run.look({ mostTries: PLANTED_TRIES })).filter(
        ({ line, invariant }) => invariant === bug.invariant && !known.has(line)
      )
      found.push({ what: bug.what, breaches })
    }
    return found
  } finally {
    await office.close({ keeps: false })
  }
}

/** For whoever looks into a failure. */
const keepLook = (dir: string, seen: Observation): void =>
  writeFileSync(
    join(dir, 'look.json'),
    JSON.stringify(seen, (_, value: unknown) => (value instanceof Map || value instanceof Set ? [...value] : value), 1)
  )

class Run {
  readonly #office: Office
  readonly #options: ChaosOptions
  readonly acts: Acts
  readonly #misfortunes: Misfortunes
  readonly #played = new Map<Step['type'], number>()
  #checks = 0

  constructor(office: Office, options: ChaosOptions) {
    this.#office = office
    this.#options = options
    this.acts = new Acts(office)
    this.#misfortunes = new Misfortunes(office, this.acts)
  }

  async play(): Promise<readonly Breach[]> {
    const { seed, rounds, checkEvery = CHECK_EVERY, log } = this.#options
    await this.openTheOffice()
    for (const [index, step] of planOf({ seed, rounds }).entries()) {
      const round = index + 1
      log(`${round} ${JSON.stringify(step)}`)
      await this.#misfortunes.beginRound(round)
      await this.#perform(step)
      this.#played.set(step.type, (this.#played.get(step.type) ?? 0) + 1)
      if (round % checkEvery !== 0 && round !== rounds) continue
      const breaches = await this.look()
      if (breaches.length > 0) return breaches
    }
    return []
  }

  /** Everybody has signed in once and taken in some cases. */
  async openTheOffice(): Promise<void> {
    await Promise.all(
      this.#office.desks.map(async (desk) => {
        await desk.ready()
        for (let taken = 0; taken < FIRST_CASES; taken += 1) await this.acts.register(desk, { withDraft: false })
      })
    )
    await settle(this.#office)
  }

  #perform(step: Step): Promise<void> {
    switch (step.type) {
      case 'register':
      case 'correct':
      case 'move':
      case 'together':
      case 'attach':
      case 'draft':
      case 'look':
      case 'discard':
      case 'decide':
      case 'amend':
      case 'hand_over':
      case 'sync':
      case 'lock':
        return this.acts.perform(step)
      case 'line_fault':
      case 'line_down':
      case 'kill_desk':
      case 'kill_centre':
      case 'restart_centre':
      case 'back_up_centre':
      case 'restore_centre':
      case 'clock':
      case 'old_protocol':
      case 'disk_full':
      case 'copy_desk':
      case 'set_back_desk':
      case 'twin':
      case 'lose_store':
      case 'bury':
      case 'move_away':
      case 'shut_out':
      case 'lease_over':
        return this.#misfortunes.perform(step)
      default:
        return assertNever(step)
    }
  }

  /** Mends everything, lets it come to rest, and holds every promise against what is there. */
  async look({
    settles = true,
    mostTries
  }: {
    settles?: boolean
    mostTries?: number
  } = {}): Promise<readonly Breach[]> {
    const begun = performance.now()
    const late = settles ? await this.#misfortunes.endAll() : []
    const options = mostTries === undefined ? {} : { mostTries }
    let begunAnew: readonly string[] = []
    let breaches: readonly Breach[] = []
    do {
      const rest = settles ? await settle(this.#office, options) : { restless: [], halted: new Map<string, Halt>() }
      const again = begunAnew.filter((name) => rest.halted.has(name)).map((name) => `${name} stops again at once`)
      this.#office.excuses.forgotten()
      const seen = await observe(this.#office, { ...rest, restless: [...late, ...rest.restless, ...again] })
      this.#office.excuses.noteSeen(seen)
      breaches = breachesOf(seen)
      if (breaches.length > 0) keepLook(this.#office.dir, seen)
      // Then they take the way out, and everything of theirs has to be there all the same.
      begunAnew = [...rest.halted.keys()]
      for (const name of begunAnew) await this.#office.beginAnew(name)
    } while (breaches.length === 0 && begunAnew.length > 0)
    this.#checks += 1
    this.#options.log(`check ${this.#checks}: ${breaches.length} breaches, ${Math.round(performance.now() - begun)} ms`)
    return breaches
  }

  report(end: { breaches: readonly Breach[]; ms: number }): ChaosReport {
    const lineFaults = new Map<string, number>()
    for (const { line } of this.#office.everyDesk()) {
      for (const [type, count] of line.happened) lineFaults.set(type, (lineFaults.get(type) ?? 0) + count)
    }
    return {
      seed: this.#options.seed,
      rounds: [...this.#played.values()].reduce((sum, count) => sum + count, 0),
      played: this.#played,
      lineFaults,
      saved: this.#office.ledger.saved.size,
      checks: this.#checks,
      ...end
    }
  }
}
