/** Runs a work when its turn comes. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>

export interface TurnLimits {
  readonly atOnce: number
  /** More than this many waiting are turned away with `TooBusyError`. */
  readonly waiting: number
}

/** Too many wait already: come back later. */
export class TooBusyError extends Error {
  override readonly name = 'TooBusyError'
}

/** At most `atOnce` works at a time, the others in order of arrival. */
export function createTurns(limits: TurnLimits): Turns {
  return createQueue(limits).run
}

/** Turns by key: works of different keys do not wait for each other. */
export function createTurnsByKey(limits: TurnLimits): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const queues = new Map<string, Queue>()
  return async (key, work) => {
    const queue = queues.get(key) ?? createQueue(limits)
    queues.set(key, queue)
    try {
      return await queue.run(work)
    } finally {
      if (queue.isIdle()) queues.delete(key)
    }
  }
}

interface Queue {
  readonly run: Turns
  isIdle(): boolean
}

function createQueue({ atOnce, waiting: limit }: TurnLimits): Queue {
  const waiting: (() => void)[] = []
  let running = 0
  const run: Turns = async (work) => {
    if (running >= atOnce) {
      if (waiting.length >= limit) throw new TooBusyError('too many are waiting')
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else {
      running += 1
    }
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
  return { run, isIdle: () => running === 0 }
}
