/** What a pure rule cannot know by itself and must be handed. */

export interface TimeDep {
  /** Now, as an ISO 8601 instant in UTC with milliseconds: `2026-11-23T02:19:25.000Z`. */
  readonly now: () => string
}

export interface IdDep {
  /** A fresh UUIDv7. */
  readonly newId: () => string
}

export interface HashDep {
  /** SHA-256 over the parts, one after the other: 32 bytes. */
  readonly sha256: (...parts: Array<string | Uint8Array>) => Uint8Array
}

export interface LaterDep {
  /** Runs the work once after so many milliseconds; gives back how to call it off. */
  readonly later: (ms: number, work: () => void) => () => void
}
