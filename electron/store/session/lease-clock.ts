import type { IdleClockDeps } from './idle-clock.ts'

/**
 * The time that leases go by. Before the centre has been heard it is the latest of what the PC's clock says, what it ever
 * said here, and how long the program has been running since; afterwards it is the centre's time and how long ago that
 * was, by the faster of both clocks. Setting the clock back gains nothing; a clock that is ahead costs nothing while the
 * centre is in reach.
 */
export interface LeaseClock {
  /** Milliseconds since 1970. */
  nowMs(): number
  /** This time was seen here before. */
  raise(instant: string): void
  /** The centre has just said what time it is. */
  heard(serverTime: string): void
}

interface Base {
  readonly at: number
  readonly wall: number
  readonly monotonic: number
}

export function createLeaseClock(deps: IdleClockDeps): LeaseClock {
  const wallMs = (): number => Date.parse(deps.now())
  const baseAt = (at: number): Base => ({ at, wall: wallMs(), monotonic: deps.monotonicMs() })
  let seen = baseAt(wallMs())
  let centre: Base | null = null

  const nowMs = (): number => {
    if (centre !== null) {
      return centre.at + Math.max(deps.monotonicMs() - centre.monotonic, wallMs() - centre.wall)
    }
    return Math.max(wallMs(), seen.at + deps.monotonicMs() - seen.monotonic)
  }
  return {
    nowMs,
    raise: (instant) => {
      const at = Date.parse(instant)
      if (centre === null && at > nowMs()) seen = baseAt(at)
    },
    heard: (serverTime) => {
      centre = baseAt(Date.parse(serverTime))
    }
  }
}
