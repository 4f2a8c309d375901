import type { LaterDep } from '#shared/foundation/deps.ts'
import { ok } from '#shared/foundation/result.ts'
import type { StoreDb } from '../db/database.ts'
import { storeFailureOf } from '../db/sqlite-failure.ts'
import { type AccessDeps, recordAct } from './access-log.ts'

/** What one search showed. Never the text that was searched for. */
export interface SearchGlance {
  /** What the text looked like: `name`, `initials`, `phone`, ... */
  readonly kind: string
  readonly hits: number
  /** Every case that was shown. */
  readonly caseIds: readonly string[]
}

/** Longest time for which a search that was shown may be missing in the log. */
export const BURST_MS = 1000

export interface SearchBurst {
  /** Call after each search, before its answer leaves. */
  add(glance: SearchGlance): void
  /** Writes what is not written yet: before any other act, at lock and at close. */
  flush(): void
  /** The file cannot be written to any more: what is not written yet is given up. */
  abandon(): void
}

export interface SearchBurstDeps extends AccessDeps, LaterDep {
  readonly db: StoreDb
  /** What a write of its own met, which nobody waits for: a damaged file, mostly. */
  readonly onFault: (fault: unknown) => void
}

/**
 * Typing a name is one search in many steps. The steps of a second become one entry that names every case that any of
 * them showed, so that typing costs no transaction a key and nothing that was seen is left out.
 */
export function createSearchBurst(deps: SearchBurstDeps): SearchBurst {
  let burst: { kinds: Set<string>; caseIds: Set<string>; searches: number; hits: number } | null = null
  let callOff = (): void => undefined

  const flush = (): void => {
    if (burst === null) return
    const { kinds, caseIds, searches, hits } = burst
    deps.db.write((tx) => {
      recordAct(tx, deps, {
        act: 'search',
        caseIds: [...caseIds],
        detail: { kinds: [...kinds].join(' ').slice(0, 120), searches, hits }
      })
      return ok(null)
    })
    burst = null
    callOff()
  }

  /** A full disk keeps the burst for the next try: the next act flushes first and then fails where a person sees it. */
  const flushLater = (): void => {
    try {
      flush()
    } catch (error) {
      if (storeFailureOf(error) === 'disk_full') callOff = deps.later(BURST_MS, flushLater)
      else deps.onFault(error)
    }
  }

  return {
    add: (glance) => {
      if (burst === null) {
        burst = { kinds: new Set(), caseIds: new Set(), searches: 0, hits: 0 }
        callOff = deps.later(BURST_MS, flushLater)
      }
      burst.kinds.add(glance.kind)
      for (const caseId of glance.caseIds) burst.caseIds.add(caseId)
      burst.searches += 1
      burst.hits = glance.hits
    },
    flush,
    abandon: () => {
      burst = null
      callOff()
    }
  }
}
