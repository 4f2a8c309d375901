/** Runs asynchronous work one after another, in the order of asking. One that fails does not hold up the next. */
export interface Turns {
  take<T>(work: () => Promise<T>): Promise<T>
}

export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve()
  return {
    take: (work) => {
      const mine = last.then(work)
      last = mine.then(
        () => undefined,
        () => undefined
      )
      return mine
    }
  }
}
