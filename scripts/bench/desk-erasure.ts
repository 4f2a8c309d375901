import { fileURLToPath } from 'node:url'
import { unpackSearchable } from '#shared/domain/search/searchable.ts'
import { termHasher } from '#shared/store-format/postings/posting-store.ts'
import type { StoreDb } from '../../electron/store/db/database.ts'
import { type BenchStore, buildStore } from './bench-store.ts'
import { startChild } from './child.ts'
import type { ErasedCases, ErasingReply, ErasingRequest, ErasingWay } from './erasing-desk.ts'
import { fillFullText } from './full-text-peer.ts'
import { round, say } from './measure.ts'

export interface DeskErasureOptions {
  readonly seed: number
  readonly cases: number
  /** That are destroyed. */
  readonly destroyed: number
  readonly rounds: number
}

/**
 * Destroying cases at a desk, with the search index, the cutting of the log and the look at every byte that the file does
 * not use, beside careless deletes: rows and FTS5 entries of the same cases in the same store, `secure_delete` off. In
 * turns, each in a process of its own and on a fresh copy.
 */
export async function benchDeskErasure({ seed, cases, destroyed, rounds }: DeskErasureOptions) {
  say(`building an encrypted store with ${cases} cases, and FTS5 beside its own index`)
  const store = buildStore({ seed, cases })
  try {
    fillFullText(store.db.raw, termHasher(store.db), rowsOf(store.db))
    store.reopen() // with nothing in its log
    const measure = (which: ErasedCases) => erasedBoth(store, { which, destroyed, rounds })
    return { cases, destroyed, oldest: await measure('oldest'), spread: await measure('spread') }
  } finally {
    store.remove()
  }
}

async function erasedBoth(
  { file, key }: BenchStore,
  { which, destroyed, rounds }: Pick<DeskErasureOptions, 'destroyed' | 'rounds'> & { readonly which: ErasedCases }
) {
  const replies: Record<ErasingWay, ErasingReply[]> = { desk: [], careless: [] }
  for (let no = 0; no < rounds; no++) {
    for (const way of ['careless', 'desk'] as const) {
      const child = startChild<ErasingRequest, ErasingReply>(
        fileURLToPath(new URL('./erasing-desk.ts', import.meta.url))
      )
      const request = { way, which, store: { file, key: Buffer.from(key).toString('hex') }, cases: destroyed }
      const reply = await child.ask(request)
      await child.stop()
      say(JSON.stringify({ way, which, ...reply }))
      replies[way].push(reply)
    }
  }
  const [desk, careless] = [summaryOf(replies.desk), summaryOf(replies.careless)]
  return {
    ...{ desk, careless },
    cpuRatio: round(desk.cpuSeconds / careless.cpuSeconds),
    secondsRatio: round(desk.seconds / careless.seconds)
  }
}

const ROWS_AT_ONCE = 10_000

function* rowsOf(db: StoreDb) {
  for (let last = 0; ; ) {
    const rows = db.all<{ no: number; application_no: string; searchable: string }>(
      'SELECT no, application_no, searchable FROM cases WHERE no > ? ORDER BY no LIMIT ?',
      ...[last, ROWS_AT_ONCE]
    )
    for (const { no, application_no, searchable } of rows) {
      yield { no, searchable: unpackSearchable(searchable, application_no) }
    }
    if (rows.length < ROWS_AT_ONCE) return
    last = rows.at(-1)?.no ?? last
  }
}

function summaryOf(replies: readonly ErasingReply[]) {
  const of = (value: (reply: ErasingReply) => number): number => round(median(replies.map(value)))
  const parts = Object.keys(replies[0]?.parts ?? {})
  return {
    seconds: of(({ seconds }) => seconds),
    cpuSeconds: of(({ cpuSeconds }) => cpuSeconds),
    cpuSecondsOfParts: Object.fromEntries(parts.map((part) => [part, of((reply) => reply.parts[part] ?? 0)])),
    longestStepMs: of(({ longestStepMs }) => longestStepMs),
    moreMB: of(({ moreMB }) => moreMB),
    looked: replies.at(-1)?.looked ?? null,
    found: Math.max(...replies.map(({ found }) => found))
  }
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN
