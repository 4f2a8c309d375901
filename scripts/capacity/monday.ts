import type { City, Measured } from './measured.ts'

/** Monday morning: who comes when, with how much unsent work, and what changed since she left. */
export interface Monday {
  /** Most come around this minute after the doors open, spread like a bell of this width. */
  readonly middleMinutes: number
  readonly widthMinutes: number
  /** Share of desks that were taken along and come back with unsent work, and how much a few of them bring. */
  readonly shareWithWork: number
  readonly meanEdits: number
  readonly longestEdits: number
  /** Changes of a district since Friday evening. */
  readonly changesSinceFriday: number
}

export const USUAL_MONDAY: Monday = {
  middleMinutes: 20,
  widthMinutes: 6,
  shareWithWork: 0.1,
  meanEdits: 12,
  longestEdits: 500,
  changesSinceFriday: 1_500
}

export interface Arrival {
  readonly atMs: number
  readonly cpuMs: number
  readonly bytesDown: number
  readonly bytesUp: number
}

/** Every desk of the city, by the time at which it signs in. */
export function arrivals(city: City, monday: Monday, measured: Measured, random: () => number): Arrival[] {
  const { signIn, push, pull } = measured
  const all = Array.from({ length: city.desks }, (): Arrival => {
    const atMinutes = Math.max(0, monday.middleMinutes + monday.widthMinutes * bell(random))
    const edits =
      random() < monday.shareWithWork
        ? Math.min(monday.longestEdits, Math.ceil(-Math.log(1 - random()) * monday.meanEdits))
        : 0
    const changes = monday.changesSinceFriday
    return {
      atMs: atMinutes * 60_000,
      cpuMs:
        signIn.serverCpuMs +
        2 * pull.serverCpuMsAPull +
        changes * pull.serverCpuMsACase +
        edits * push.serverCpuMsACommand,
      bytesDown: 2 * pull.bytesAPull + changes * pull.bytesACase,
      bytesUp: edits * push.bytesACommand
    }
  })
  return all.sort((a, b) => a.atMs - b.atMs)
}

/** Seconds from sign-in to "up to date" when so many cores serve one desk after the other. */
export function waits(desks: readonly Arrival[], cores: number): number[] {
  const freeAt = new Array<number>(cores).fill(0)
  return desks.map(({ atMs, cpuMs }) => {
    let core = 0
    for (let at = 1; at < cores; at += 1) if ((freeAt[at] ?? 0) < (freeAt[core] ?? 0)) core = at
    const end = Math.max(atMs, freeAt[core] ?? 0) + cpuMs
    freeAt[core] = end
    return (end - atMs) / 1_000
  })
}

/** The most megabits that go out within one second of any minute, as a mean of that minute. */
export function busiestMegabits(desks: readonly Arrival[]): number {
  const minutes = new Map<number, number>()
  for (const { atMs, bytesDown } of desks) {
    const minute = Math.floor(atMs / 60_000)
    minutes.set(minute, (minutes.get(minute) ?? 0) + bytesDown)
  }
  return (Math.max(...minutes.values()) * 8) / 60 / 1e6
}

/** A number of the normal distribution (Box and Muller). */
const bell = (random: () => number): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
