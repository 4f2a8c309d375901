import { Worker } from 'node:worker_threads'
import { err, ok } from '#shared/foundation/result.ts'
import type { ListedCase } from '#shared/store-format/case-columns.ts'
import { createPostingWriter } from '#shared/store-format/postings/posting-writer.ts'
import { type Behind, behindOf, catchUpTo } from '#shared/store-format/search-behind.ts'
import type { StoreDb } from './database.ts'
import {
  type Blocks,
  CUT,
  type FromGatherer,
  type GatherStart,
  type PackedTexts,
  type ToGatherer
} from './gather-messages.ts'

/**
 * Gathers the posting lists of what a download puts into the store, beside the thread that stores, and so spares the
 * index pass its reading. It may give up at any time: what it has not written is still behind, and the pass finds it.
 */
export interface ListGatherer {
  /** Rows that a download has put in. */
  add(rows: LoadedRows): void
  /** Waits for a thread that is far behind. */
  keptUp(): Promise<void>
  /** Brings the index up to the last case that was added, a few milliseconds of work at a time. */
  write(between: () => Promise<void>): Promise<void>
  /** Whatever is under way is given up. */
  close(): void
}

/** Their numbers follow each other. */
export interface LoadedRows {
  readonly firstNo: number
  readonly listed: ReadonlyArray<Pick<ListedCase, 'applicationNo' | 'searchable'>>
}

export interface GatherThreadDep {
  /** The program of the thread: `gather-thread.ts`, or what it is built into. */
  readonly gatherThread: URL
}

interface FaultDep {
  /** The thread failed. What it had is left to the pass. */
  readonly onFault: (fault: unknown) => void
}

/** Additions that wait for the thread. */
const MOST_WAITING = 3
/** Their lists take some 40 MB of memory; more cases are left to the pass. */
const MOST_CASES = 300_000

/** The cases whose lists the thread has: all from the first to the last that are no work of a single change. */
interface Gathered {
  readonly firstNo: number
  readonly lastNo: number
}

export function createListGatherer({
  db,
  signal,
  ...program
}: GatherThreadDep & FaultDep & { readonly db: StoreDb; readonly signal: AbortSignal }): ListGatherer {
  let thread: Thread | null = null
  let gathered: Gathered | null = null
  let waiting: Array<Promise<unknown>> = []

  const forget = (): void => {
    gathered = null
    void thread?.ask({ type: 'clear' })
  }
  return {
    add: (rows) => {
      const goingOn = goOn(db, gathered, rows)
      if (goingOn === null) return
      gathered = goingOn
      thread ??= startThread(program, termKeyOf(db))
      waiting.push(thread.ask({ type: 'cases', ...packedTexts(rows) }))
    },
    keptUp: async () => {
      while (waiting.length > MOST_WAITING) await waiting.shift()
    },
    write: async (between) => {
      waiting = []
      if (gathered === null || thread === null) return
      const range = gathered
      const writer = createPostingWriter()
      let coming = thread.ask({ type: 'blocks' })
      for (;;) {
        const blocks = await coming
        if (blocks?.type !== 'blocks' || signal.aborted) break
        if (!blocks.areLast) coming = thread.ask({ type: 'blocks' })
        const written = db.write((tx) => {
          if (!isStill(behindOf(tx), range)) return err('touched')
          writer.in(tx, ({ block }) => eachBlock(blocks, block))
          if (blocks.areLast) catchUpTo(tx, range.lastNo)
          return ok(null)
        })
        if (!written.ok || blocks.areLast) break
        await between()
      }
      forget()
    },
    close: () => {
      gathered = null
      thread?.end()
      thread = null
    }
  }
}

/** What is gathered with further rows; null: they do not follow, or one of the cases before has changed since. */
function goOn(db: StoreDb, gathered: Gathered | null, { firstNo, listed }: LoadedRows): Gathered | null {
  const behind = behindOf(db)
  if (behind === null || listed.length === 0) return null
  const lastNo = firstNo + listed.length - 1
  if (gathered === null) return isStill(behind, { firstNo }) ? { firstNo, lastNo } : null
  if (!isStill(behind, gathered) || lastNo - gathered.firstNo >= MOST_CASES) return null
  return hasOthers(db, gathered.lastNo + 1, firstNo - 1) ? null : { ...gathered, lastNo }
}

const isStill = (behind: Behind | null, { firstNo }: Pick<Gathered, 'firstNo'>): boolean =>
  behind !== null && behind.firstNo === firstNo && behind.touched === 0

/** Rows that were not added; a case that was taken in here meanwhile stands under its terms by itself. */
const hasOthers = (db: StoreDb, firstNo: number, lastNo: number): boolean =>
  firstNo <= lastNo &&
  db.pluck(
    'SELECT no FROM cases WHERE no BETWEEN ? AND ? AND no NOT IN (SELECT no FROM search_recent) LIMIT 1',
    firstNo,
    lastNo
  ) !== undefined

function eachBlock({ keys, ends, bytes }: Blocks, put: (key: bigint, bytes: Uint8Array) => void): void {
  let from = 0
  for (const [index, key] of keys.entries()) {
    const end = ends[index] ?? from
    put(key, bytes.subarray(from, end))
    from = end
  }
}

const termKeyOf = (db: StoreDb): Uint8Array =>
  db.pluck<Uint8Array>('SELECT term_key FROM search_meta WHERE one = 1') ?? new Uint8Array()

function packedTexts({ firstNo, listed }: LoadedRows): PackedTexts {
  const parts: string[] = []
  let end = 0
  const ends = Uint32Array.from(listed, ({ applicationNo, searchable }) => {
    parts.push(applicationNo, CUT, searchable)
    end += applicationNo.length + CUT.length + searchable.length
    return end
  })
  return { firstNo, text: parts.join(''), ends }
}

interface Thread {
  /** null: the thread has ended. */
  ask(message: ToGatherer): Promise<FromGatherer | null>
  end(): void
}

function startThread({ gatherThread, onFault }: GatherThreadDep & FaultDep, termKey: Uint8Array): Thread {
  const worker = new Worker(gatherThread, { workerData: { termKey } satisfies GatherStart })
  const asked: Array<(answer: FromGatherer | null) => void> = []
  let hasEnded = false
  const ended = (): void => {
    hasEnded = true
    for (const settle of asked.splice(0)) settle(null)
  }
  worker.on('message', (answer: FromGatherer) => asked.shift()?.(answer))
  worker.on('error', onFault)
  worker.on('exit', ended)
  return {
    ask: (message) =>
      new Promise((resolve) => {
        if (hasEnded) return resolve(null)
        asked.push(resolve)
        worker.postMessage(message)
      }),
    end: () => void worker.terminate()
  }
}
