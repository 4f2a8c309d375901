import { fileURLToPath } from 'node:url'
import { unpackSearchable } from '#shared/domain/search/searchable.ts'
import { termHasher } from '#shared/store-format/postings/posting-store.ts'
import type { StoreDb } from '../../electron/store/db/database.ts'
import { buildStore } from './bench-store.ts'
import { startChild } from './child.ts'
import type { ErasingReply, ErasingRequest, ErasingWay } from './erasing-desk.ts'
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
  const replies: Record<ErasingWay, ErasingReply[]> = { desk: [], careless: [] }
  try {
    fillFullText(store.db.raw, termHasher(store.db), [...rowsOf(store.db)])
    store.reopen() // with nothing in its log
    const { file, key } = store
    for (let no = 0; no < rounds; no++) {
      for (const way of ['careless', 'desk'] as const) {
        const child = startChild<ErasingRequest, ErasingReply>(
          fileURLToPath(new URL('./erasing-desk.ts', import.meta.url))
        )
        const request = { way, store: { file, key: Buffer.from(key).toString('hex') }, cases: destroyed }
        const reply = await child.ask(request)
        await child.stop()
        say(JSON.stringify({ way, ...reply }))
        replies[way].push(reply)
      }
    }
    const [desk, careless] = [summaryOf(replies.desk), summaryOf(replies.careless)]
    return {
      ...{ cases, destroyed, desk, careless },
      cpuRatio: round(desk.cpuSeconds / careless.cpuSeconds),
      secondsRatio: round(desk.seconds / careless.seconds)
    }
  } finally {
    store.remove()
  }
}

function* rowsOf(db: StoreDb) {
  const rows = db.iterate<{ no: number; application_no: string; searchable: string }>(
    'SELECT no, application_no, searchable FROM cases ORDER BY no'
  )
  for (const { no, application_no, searchable } of rows) {
    yield { no, searchable: unpackSearchable(searchable, application_no) }
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
