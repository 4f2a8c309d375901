// Erases cases from a copy of a store, one way in a process of its own, and says what it cost and what is left.

import { copyFileSync, readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Marker } from '#shared/domain/erasure/marker.ts'
import { createMarkerSearch, createMarkerSet } from '#shared/domain/erasure/marker-search.ts'
import { searchTerms } from '#shared/domain/search/search-terms.ts'
import { unpackSearchable } from '#shared/domain/search/searchable.ts'
import { expectOk } from '#shared/foundation/result.ts'
import { termHasher } from '#shared/store-format/postings/posting-store.ts'
import { storedMarkers } from '#shared/store-format/stored-markers.ts'
import { blobToUuid, uuidToBlob } from '#shared/store-format/uuid-blob.ts'
import { caseById } from '../../electron/store/db/case-rows.ts'
import { openStoreDb, type StoreDb } from '../../electron/store/db/database.ts'
import { createIndexSweep } from '../../electron/store/db/index-sweep.ts'
import { emptyLog } from '../../electron/store/db/journal.ts'
import { createUnusedPlaces, type Looked } from '../../electron/store/db/unused-places.ts'
import { carriedPolicies } from '../../electron/store/policy/policies.ts'
import { createReception } from '../../electron/store/sync/reception.ts'
import { FULL_TEXT_TERMS, tokensOf } from './full-text-peer.ts'

export type ErasingWay = 'desk' | 'careless'
/** The oldest, which lie together, as those that are due do; or every so manieth, each in a page of its own. */
export type ErasedCases = 'oldest' | 'spread'
export interface ErasingRequest {
  readonly way: ErasingWay
  readonly store: { readonly file: string; readonly key: string }
  readonly cases: number
  readonly which: ErasedCases
}
export interface ErasingReply {
  readonly cases: number
  readonly seconds: number
  readonly cpuSeconds: number
  /** Of that, by part. */
  readonly parts: Readonly<Record<string, number>>
  readonly longestStepMs: number
  /** How much more memory the process took than before, at its peak. */
  readonly moreMB: number
  readonly looked: Looked | null
  /** How often a registration number of somebody who was destroyed stands in the file after. */
  readonly found: number
}

process.on('message', (request: ErasingRequest) => {
  process.send?.(erase(request))
})
process.once('SIGTERM', () => process.exit(0))

function erase({ way, store, cases, which }: ErasingRequest): ErasingReply {
  const file = `${store.file}.${way}`
  for (const one of ['', '.keycheck']) copyFileSync(`${store.file}${one}`, `${file}${one}`)
  const key = Buffer.from(store.key, 'hex')
  const nativeBinding = process.env.MNK_SQLITE_ADDON
  const db = expectOk(openStoreDb({ file, key, create: false, nativeBinding }))
  try {
    const ids = idsOf(db, { cases, which })
    const markers = numbersOf(db, ids)
    db.pluck('SELECT count(*) FROM cases') // both begin with what a working desk has in its cache
    const clock = createClock()
    const looked = way === 'desk' ? eraseAsTheDesk(db, ids, clock) : eraseCarelessly(db, ids, clock)
    return { cases: ids.length, ...clock.read(), looked, found: countIn(db, markers) }
  } finally {
    db.close()
    for (const name of readdirSync(dirname(file)))
      if (name.startsWith(basename(file))) rmSync(join(dirname(file), name))
  }
}

function idsOf(db: StoreDb, { cases, which }: Pick<ErasingRequest, 'cases' | 'which'>): string[] {
  const every = Math.max(1, Math.floor((db.pluck<number>('SELECT count(*) FROM cases') ?? 0) / cases))
  return db
    .all<{ id: Uint8Array }>(
      'SELECT id FROM cases WHERE no % ? = 0 ORDER BY no LIMIT ?',
      which === 'oldest' ? 1 : every,
      cases
    )
    .map(({ id }) => blobToUuid(id))
}

/** Registration numbers of grown-ups alone: invented children of two families can have the same. */
const numbersOf = (db: StoreDb, ids: readonly string[]): Marker[] =>
  ids.flatMap((id) => {
    const record = caseById(db, id)?.record
    const markers =
      record === undefined ? [] : storedMarkers({ ...record.case, children: [], household: [] }, termHasher(db))
    return markers.filter(({ kind }) => kind === 'registration_no')
  })

function countIn(db: StoreDb, markers: readonly Marker[]): number {
  const search = createMarkerSearch(createMarkerSet(markers))
  const reader = db.pages()
  for (let no = 1; no <= reader.count(); no += PAGES_AT_ONCE) {
    for (const page of reader.read(no, PAGES_AT_ONCE)) search.take(page)
  }
  search.endFile()
  return [...search.found.values()].reduce((sum, count) => sum + count, 0)
}
const PAGES_AT_ONCE = 256

function createClock() {
  const [began, used, before] = [performance.now(), process.cpuUsage(), process.memoryUsage().rss]
  const parts: Record<string, number> = {}
  let [longest, peak] = [0, before]
  const cpuSeconds = (since: NodeJS.CpuUsage): number => {
    const { user, system } = process.cpuUsage(since)
    return (user + system) / 1e6
  }
  return {
    /** One step of a part; the window waits while it lasts. */
    step: <T>(part: string, work: () => T): T => {
      const [from, cpu] = [performance.now(), process.cpuUsage()]
      const result = work()
      longest = Math.max(longest, performance.now() - from)
      parts[part] = (parts[part] ?? 0) + cpuSeconds(cpu)
      peak = Math.max(peak, process.memoryUsage.rss())
      return result
    },
    read: () => ({
      seconds: (performance.now() - began) / 1000,
      cpuSeconds: cpuSeconds(used),
      parts,
      longestStepMs: longest,
      moreMB: (peak - before) / 1e6
    })
  }
}
type Clock = ReturnType<typeof createClock>

function eraseAsTheDesk(db: StoreDb, ids: readonly string[], clock: Clock): Looked {
  const nothing = (): void => undefined
  const reception = createReception({
    ...{ db, policies: carriedPolicies(), now: () => '2026-11-23T02:00:00.000Z', sealToCentre: () => null },
    ...{ onProgress: nothing, onLoaded: nothing, onCases: nothing, onBatches: nothing, onStaff: nothing },
    onErased: nothing
  })
  const start = { type: 'start', centreId: ids[0] ?? '', total: ids.length, generation: 0, deviceSeq: 0 } as const
  expectOk(reception.take(start))
  for (const [at, caseId] of ids.entries()) {
    expectOk(reception.take({ type: 'gone', seq: at + 1, caseId, reason: 'destroyed' }))
    if (reception.isFull()) clock.step('rows', () => expectOk(reception.store()))
  }
  clock.step('rows', () => expectOk(reception.store()))
  clock.step('log', () => reception.end())
  const sweep = createIndexSweep(db)
  while (clock.step('index', () => sweep.step()));
  clock.step('log', () => emptyLog(db.raw))
  const places = createUnusedPlaces(db)
  while (clock.step('look', () => places.step()) === 'more');
  return places.looked
}

/** As one would: the rows and their full text, in one transaction, without overwriting anything; nothing is looked at. */
function eraseCarelessly(db: StoreDb, ids: readonly string[], clock: Clock): null {
  const { raw } = db
  raw.pragma('secure_delete = OFF')
  const hasher = termHasher(db)
  const select = raw.prepare<[Uint8Array], { no: number; application_no: string; searchable: string }>(
    'SELECT no, application_no, searchable FROM cases WHERE id = ?'
  )
  const forget = raw.prepare(`INSERT INTO ${FULL_TEXT_TERMS} (${FULL_TEXT_TERMS}, rowid, t) VALUES ('delete', ?, ?)`)
  const remove = ['case_bodies', 'cases'].map((table) => raw.prepare(`DELETE FROM ${table} WHERE no = ?`))
  clock.step('rows', () => {
    raw.exec('BEGIN')
    for (const id of ids) {
      const row = select.get(uuidToBlob(id))
      if (row === undefined) continue
      const terms = searchTerms(unpackSearchable(row.searchable, row.application_no), hasher)
      forget.run(row.no, tokensOf(terms))
      for (const statement of remove) statement.run(row.no)
    }
    raw.exec('COMMIT')
  })
  clock.step('log', () => emptyLog(raw))
  return null
}
