import { existsSync, statSync } from 'node:fs'
import type { LaterDep } from '#shared/foundation/deps.ts'
import { ok } from '#shared/foundation/result.ts'
import { foldRecent, recentCount } from '#shared/store-format/postings/posting-store.ts'
import type { StoreDb } from './database.ts'
import { mergeLog } from './journal.ts'

/**
 * Merges the write-ahead log into the file, and what single cases changed into the search index, when nobody is asking
 * for anything. Left to itself the store does both inside whichever act happens to fill them, and that one then stalls
 * for tens of milliseconds.
 */
export interface QuietCheckpoint {
  /** Somebody asked for something just now. */
  busy(): void
  stop(): void
}

export interface QuietCheckpointDeps extends LaterDep {
  readonly db: StoreDb
  readonly file: string
  /** Milliseconds of a clock that never goes back. */
  readonly monotonicMs: () => number
  readonly onFault: (fault: unknown) => void
}

const LOOK_MS = 1000
const QUIET_MS = 700
const WORTH_IT_BYTES = 2 * 1024 * 1024
const WORTH_IT_CASES = 16

export function startQuietCheckpoint(deps: QuietCheckpointDeps): QuietCheckpoint {
  const log = `${deps.file}-wal`
  let busyAt = deps.monotonicMs()
  let callOff = (): void => undefined
  const look = (): void => {
    callOff = deps.later(LOOK_MS, look)
    const isQuiet = deps.monotonicMs() - busyAt >= QUIET_MS
    if (!isQuiet || deps.db.raw.inTransaction) return
    try {
      if (recentCount(deps.db) >= WORTH_IT_CASES) deps.db.write((tx) => ok(foldRecent(tx)))
      if (!existsSync(log) || statSync(log).size < WORTH_IT_BYTES) return
      mergeLog(deps.db.raw)
    } catch (fault) {
      deps.onFault(fault)
    }
  }
  callOff = deps.later(LOOK_MS, look)
  return {
    busy: () => {
      busyAt = deps.monotonicMs()
    },
    stop: () => callOff()
  }
}
