import { existsSync } from 'node:fs'
import type { Database } from 'better-sqlite3-multiple-ciphers'
import { openKeyedConnection } from './connection.ts'
import { storeFailureOf } from './sqlite-failure.ts'

/**
 * Reads the pages of every tree of the store in small steps on a connection of its own. SQLCipher checks a page's HMAC
 * when the page is read, so damage that nobody has met yet is found. Not read: free pages, and the last overflow page of
 * a value longer than a page (it is checked when the value is). A check of a million cases takes seconds: it runs behind
 * the work, and only after a close that was not clean.
 */
export interface PageCheck {
  /** Goes on for about `budgetMs`. */
  step(budgetMs: number): 'more' | 'sound' | 'damaged'
  close(): void
}

/**
 * A clean close merges the write-ahead log and removes it; after a crash or a power cut it is still there. So is the
 * rollback journal of a download that was cut off.
 */
export const wasClosedCleanly = (file: string): boolean => !existsSync(`${file}-wal`) && !existsSync(`${file}-journal`)

const CACHE_KIB = 1024

export function openPageCheck(options: {
  file: string
  key: Uint8Array
  nativeBinding?: string | undefined
  /** Milliseconds of a clock that never goes back. */
  monotonicMs: () => number
}): PageCheck {
  const raw = openKeyedConnection(options)
  raw.pragma(`cache_size = -${CACHE_KIB}`)
  let pages: IterableIterator<unknown> | null = null
  let verdict: 'more' | 'sound' | 'damaged' = 'more'
  const finish = (found: 'sound' | 'damaged'): 'sound' | 'damaged' => {
    verdict = found
    pages?.return?.()
    raw.close()
    return found
  }
  return {
    step: (budgetMs) => {
      if (verdict !== 'more') return verdict
      const end = options.monotonicMs() + budgetMs
      try {
        pages ??= iteratePages(raw)
        do {
          if (pages.next().done === true) return finish('sound')
        } while (options.monotonicMs() < end)
        return 'more'
      } catch (error) {
        const failure = storeFailureOf(error)
        if (failure === null || failure === 'disk_full') throw error
        return finish('damaged')
      }
    },
    close: () => {
      if (verdict === 'more') finish('sound')
    }
  }
}

const iteratePages = (raw: Database): IterableIterator<unknown> => raw.prepare('SELECT pageno FROM dbstat').iterate()
