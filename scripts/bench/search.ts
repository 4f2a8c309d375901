import { matchQuery } from '#shared/domain/search/match.ts'
import { parseQuery } from '#shared/domain/search/parse-query.ts'
import { type Searchable, searchableOf, unpackSearchable } from '#shared/domain/search/searchable.ts'
import { showMatch } from '#shared/domain/search/show-match.ts'
import { ok } from '#shared/foundation/result.ts'
import { putCase } from '../../electron/store/db/case-rows.ts'
import { rowsByNos, rowToCaseRow } from '../../electron/store/db/stored-rows.ts'
import { searchCases } from '../../electron/store/queries/case-search.ts'
import type { BenchStore } from './bench-store.ts'
import { buildFullText, type FullTextPeer } from './full-text-peer.ts'
import { type Figures, figuresOf, round, say, timed } from './measure.ts'
import { type Peer, startPeer } from './peer-client.ts'
import { type QueryClass, queryClasses } from './query-classes.ts'

export interface SearchBenchOptions {
  readonly seed: number
  readonly cases: number
  /** Cases that the libraries hold, the newest: their memory and the time to build them forbid more. FTS5 holds all. */
  readonly peerCases: number
  readonly rounds: number
}

const SAMPLE = 2000
const QUERIES_A_ROUND = 40
/** A peer that needs a second for a query would need hours for as many. */
const PEER_QUERIES_A_ROUND = 8
const SHOWN = 50

/** Search as you type, interleaved with the peers on the same cases (the newest, where they hold fewer). */
export async function benchSearch(store: BenchStore, options: SearchBenchOptions) {
  const firstResultMs = firstResult(store)
  const sample = sampleOf(store, options.cases)
  const peers = await buildPeers(store, options)
  const classes = queryClasses(sample)
  const times = new Map<string, number[]>()
  const found = new Map<string, number[][]>()
  for (let round = 0; round < Math.max(2, options.rounds); round++) {
    for (const one of classes) await runRound(store, { one, round, peers, times, found })
    say(`  search round ${round + 1} of ${options.rounds}`)
  }
  const rows = classes.map((one) => ({ ...one, ...figuresOfClass(one, times) }))
  printSearch(rows)
  const built = {
    fts5: { cases: options.cases, seconds: round(peers.fullText.seconds), MB: round(peers.fullText.megabytes) },
    ...Object.fromEntries(
      peers.libraries.map(({ name, built: { seconds, rssMB } }) => [
        name,
        { cases: options.peerCases, seconds: round(seconds), rssMB: round(rssMB) }
      ])
    )
  }
  for (const peer of [peers.fullText.remove, ...peers.libraries.map(({ stop }) => stop)]) peer()
  return {
    firstResultMs: round(firstResultMs),
    peers: built,
    liveUpdate: benchUpdates(store, options.cases),
    classes: rows.map(({ name, isShort, ours, floor, peerFigures }) => ({
      name,
      isShort,
      ours,
      floor,
      ...peerFigures
    })),
    worstShortP95: Math.max(...rows.filter(({ isShort }) => isShort).map(({ ours }) => ours.p95))
  }
}

/** The first search of a connection that has read nothing yet. */
function firstResult(store: BenchStore): number {
  const db = store.reopen()
  return timed(() => searchCases(db, { text: '김', limit: SHOWN })).milliseconds
}

const sampleOf = ({ recordOf }: BenchStore, cases: number): Searchable[] =>
  Array.from({ length: Math.min(SAMPLE, cases) }, (_, at) =>
    searchableOf(recordOf(Math.floor((at * cases) / Math.min(SAMPLE, cases))).case)
  )

interface Peers {
  readonly fullText: FullTextPeer
  readonly libraries: readonly Peer[]
}

async function buildPeers({ recordOf }: BenchStore, { seed, cases, peerCases }: SearchBenchOptions): Promise<Peers> {
  function* all() {
    for (let at = 0; at < cases; at++) yield { no: at + 1, searchable: searchableOf(recordOf(at).case) }
  }
  say(`  building FTS5 with ${cases} cases, the libraries with ${peerCases}`)
  const fullText = buildFullText(all())
  const libraries: Peer[] = []
  for (const name of ['minisearch', 'flexsearch'] as const) {
    libraries.push(await startPeer(name, { seed, cases: peerCases, of: cases }))
  }
  return { fullText, libraries }
}

interface Round {
  readonly one: QueryClass
  readonly round: number
  readonly peers: Peers
  readonly times: Map<string, number[]>
  /** By class, the case numbers that each query of the round before found. */
  readonly found: Map<string, number[][]>
}

/**
 * The same queries by each. Whoever comes second finds the pages of the rows warm, so ours and FTS5 take turns. The floor
 * is the reading of the rows alone: those of the round before, which other pages have come over since.
 */
async function runRound(store: BenchStore, { one, round, peers, times, found }: Round): Promise<void> {
  const queries = Array.from({ length: QUERIES_A_ROUND }, (_, at) => one.queryOf(round * QUERIES_A_ROUND + at))
  const add = (who: string, milliseconds: number): void => {
    const name = `${one.name}/${who}`
    times.set(name, [...(times.get(name) ?? []), milliseconds])
  }
  for (const nos of found.get(one.name) ?? []) add('floor', timed(() => rowsByNos(store.db, nos)).milliseconds)
  const ids: string[][] = []
  const ours = (): void => {
    for (const text of queries) {
      const { value, milliseconds } = timed(() => searchCases(store.db, { text, limit: SHOWN }))
      add('ours', milliseconds)
      ids.push(value.hits.map(({ row }) => row.id))
    }
  }
  const fullText = (): void => {
    for (const text of queries) {
      add('fts5', timed(() => hitsOf(store, text, peers.fullText.search(text))).milliseconds)
    }
  }
  for (const turn of round % 2 === 0 ? [ours, fullText] : [fullText, ours]) turn()
  found.set(
    one.name,
    ids.map((some) => nosOf(store, some))
  )
  for (const peer of peers.libraries) {
    for (const milliseconds of await peer.search(queries.slice(0, PEER_QUERIES_A_ROUND))) add(peer.name, milliseconds)
  }
}

/** What a search does with the cases that its index has named; the same for ours and for FTS5. */
function hitsOf({ db }: BenchStore, text: string, nos: readonly number[]): unknown[] {
  const query = parseQuery(text)
  return rowsByNos(db, nos).map((row) => {
    const searchable = unpackSearchable(row.searchable, row.application_no)
    const matches = matchQuery(query, searchable)
    return { row: rowToCaseRow(row), match: matches === null ? null : showMatch(matches, searchable) }
  })
}

const nosOf = (store: BenchStore, ids: readonly string[]): number[] =>
  ids.flatMap(
    (id) =>
      store.db.pluck<number>('SELECT no FROM cases WHERE id = ?', Buffer.from(id.replaceAll('-', ''), 'hex')) ?? []
  )

function figuresOfClass({ name }: QueryClass, times: ReadonlyMap<string, readonly number[]>) {
  const of = (who: string): Figures => figuresOf(times.get(`${name}/${who}`) ?? [])
  return {
    ours: of('ours'),
    floor: of('floor'),
    peerFigures: { fts5: of('fts5'), minisearch: of('minisearch'), flexsearch: of('flexsearch') }
  }
}

function printSearch(rows: ReadonlyArray<QueryClass & ReturnType<typeof figuresOfClass>>): void {
  console.table(
    rows.map(({ name, ours, floor, peerFigures: { fts5, minisearch, flexsearch } }) => ({
      'search, ms': name,
      p50: round(ours.p50),
      p95: round(ours.p95),
      max: round(ours.max),
      'rows alone p95': round(floor.p95),
      'FTS5 p95': round(fts5.p95),
      'MiniSearch p95': round(minisearch.p95),
      'FlexSearch p95': round(flexsearch.p95),
      'ours : rows alone': round(ours.p50 / floor.p50),
      'ours : FTS5': round(ours.p50 / fts5.p50)
    }))
  )
}

const UPDATES = 400

/** One transaction each, as a command does: a new case, and another phone for a known one. */
function benchUpdates({ db, recordOf }: BenchStore, cases: number): Record<string, Figures> {
  const one = recordOf(cases - 1)
  const write = (record: typeof one): number =>
    timed(() =>
      db.write((tx) => {
        putCase(tx, record, { waiting: true })
        return ok(null)
      })
    ).milliseconds
  const fresh: number[] = []
  const changed: number[] = []
  for (let at = 0; at < UPDATES; at++) {
    const { case: subject } = recordOf(Math.floor((at * cases) / UPDATES))
    const id = `01930000-0000-7000-9000-${String(at).padStart(12, '0')}`
    fresh.push(write({ ...one, case: { ...subject, id } }))
    const phone = `010${String(10_000_000 + at * 7919)}`
    changed.push(write({ ...one, case: { ...subject, applicant: { ...subject.applicant, phone } } }))
  }
  const figures = { newCase: figuresOf(fresh), newPhone: figuresOf(changed) }
  say(`  a new case p50 ${round(figures.newCase.p50)} ms, p95 ${round(figures.newCase.p95)} ms, commit included`)
  say(`  another phone p50 ${round(figures.newPhone.p50)} ms, p95 ${round(figures.newPhone.p95)} ms`)
  return figures
}
