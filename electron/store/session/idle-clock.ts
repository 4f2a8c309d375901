/**
 * When a desk that nobody touches locks. Two clocks are asked, and the one that says later in the day counts: the wall
 * clock goes on while the PC sleeps, the monotonic one cannot be set back.
 */
export interface IdleClock {
  touch(): void
  /** `warn` once for each stretch of idleness. */
  check(): 'quiet' | 'warn' | 'lock'
  isOver(): boolean
  /** The instant of locking, ISO 8601 in UTC. */
  locksAt(): string
  setLimit(minutes: number): void
}

export interface IdleClockDeps {
  /** ISO 8601 in UTC. */
  readonly now: () => string
  /** Milliseconds since any fixed moment. */
  readonly monotonicMs: () => number
}

const MINUTE_MS = 60_000
const WARNING_MS = 60_000

export function createIdleClock(deps: IdleClockDeps, options: { minutes: number }): IdleClock {
  const wallMs = (): number => Date.parse(deps.now())
  let limitMs = options.minutes * MINUTE_MS
  let touched = { wall: wallMs(), monotonic: deps.monotonicMs() }
  let hasWarned = false
  const idleMs = (): number => Math.max(wallMs() - touched.wall, deps.monotonicMs() - touched.monotonic)
  return {
    touch: () => {
      touched = { wall: wallMs(), monotonic: deps.monotonicMs() }
      hasWarned = false
    },
    check: () => {
      const idle = idleMs()
      if (idle >= limitMs) return 'lock'
      if (hasWarned || idle < limitMs - Math.min(WARNING_MS, limitMs / 2)) return 'quiet'
      hasWarned = true
      return 'warn'
    },
    isOver: () => idleMs() >= limitMs,
    locksAt: () => new Date(wallMs() + Math.max(0, limitMs - idleMs())).toISOString(),
    setLimit: (minutes) => {
      limitMs = minutes * MINUTE_MS
      hasWarned = false
    }
  }
}
