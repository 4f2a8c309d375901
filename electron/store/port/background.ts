import { storeFailureOf } from '../db/sqlite-failure.ts'

export interface BackgroundDeps {
  readonly report: (fault: unknown) => void
}

/**
 * For work that nobody waits for. What goes wrong in it is reported all the same, but for a disk without room: that is
 * said where somebody works, and the work is done again another time.
 */
export const createBackground =
  ({ report }: BackgroundDeps) =>
  (running: Promise<unknown>): void => {
    running.catch((fault: unknown) => {
      if (storeFailureOf(fault) !== 'disk_full') report(fault)
    })
  }
