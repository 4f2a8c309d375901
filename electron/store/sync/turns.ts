/** Takes turns with the window, which the store answers on the same thread. */
export interface Turns {
  /** This thread was busy for as long as a person typing does not notice. */
  isOver(): boolean
  /** Whoever waits comes first. */
  letOthersIn(): Promise<void>
}

const TURN_MS = 10

export function createTurns(monotonicMs: () => number): Turns {
  let began = monotonicMs()
  return {
    isOver: () => monotonicMs() - began > TURN_MS,
    letOthersIn: async () => {
      await new Promise<void>((resolve) => setImmediate(resolve))
      began = monotonicMs()
    }
  }
}
