import { readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { PAGE_BYTES } from '#shared/cipher/sqlcipher-sizes.ts'
import type { CaseRecord } from '#shared/domain/case/case.ts'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import { type Marker, textMarkers } from '#shared/domain/erasure/marker.ts'
import { createMarkerSearch, createMarkerSet, residuesOf } from '#shared/domain/erasure/marker-search.ts'
import { expectOk, ok } from '#shared/foundation/result.ts'
import { termHasher } from '#shared/store-format/postings/posting-store.ts'
import { storedMarkers } from '#shared/store-format/stored-markers.ts'
import { pageSealer, runOpener } from '../keys/node-crypto.ts'
import { renamed } from '../testing/indexed-terms.ts'
import { openTestStore, type TestStore } from '../testing/test-store.ts'
import { createBulkLoader, putCase, removeCases } from './case-rows.ts'
import { handlingOf, WITHOUT_CONTENT } from './clear-leftover.ts'
import { openKeyedConnection } from './connection.ts'
import { openStoreDb } from './database.ts'
import { createIndexSweep } from './index-sweep.ts'
import { emptyLog } from './journal.ts'
import { createUnusedPlaces, type Looked } from './unused-places.ts'

const CASES = 900
const recordOf = createCaseGenerator({ seed: 9, districtCodes: ['11680'], today: '2026-11-20', count: CASES })
const records = Array.from({ length: CASES }, (_, at) => recordOf(at))

let store: TestStore
beforeEach(() => {
  store = openTestStore()
})
afterEach(() => store.close())

const put = (record: CaseRecord): void => void store.db.write((tx) => ok(putCase(tx, record, { waiting: false })))

/** Grows by what is said of it, as a case does that is worked on. */
const workedOn = (record: CaseRecord, round: number): CaseRecord => {
  const { applicant } = record.case
  const address = { ...applicant.address, detail: `${'가나다라마바사아자차'.repeat(round)} ${round}호` }
  return { ...record, case: { ...record.case, applicant: { ...applicant, address } } }
}

/** Of those that are destroyed alone: what a row of the living has too proves nothing. */
function markersOf(destroyed: readonly CaseRecord[], living: readonly CaseRecord[]): Marker[] {
  const hasher = termHasher(store.db)
  const markers = destroyed.flatMap((record) => storedMarkers(record.case, hasher))
  const search = createMarkerSearch(createMarkerSet(markers))
  const ids = new Set(living.map((record) => record.case.id))
  const rows = store.db.all<{ id: string; packed: Uint8Array; searchable: string }>(
    'SELECT lower(hex(c.id)) AS id, b.packed, c.searchable FROM cases c JOIN case_bodies b ON b.no = c.no'
  )
  for (const { packed, searchable } of rows.filter(({ id }) => ids.has(uuidOf(id)))) {
    search.take(packed)
    search.endFile()
    search.take(new TextEncoder().encode(searchable))
    search.endFile()
  }
  const terms = new Set(living.flatMap((record) => storedMarkers(record.case, hasher)).map(textOf))
  return markers.filter((one, at) => !search.found.has(at) && !terms.has(textOf(one)))
}
const textOf = ({ bytes }: Marker): string => Buffer.from(bytes).toString('hex')
const uuidOf = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

function residues(markers: readonly Marker[]) {
  const search = createMarkerSearch(createMarkerSet(markers))
  const reader = store.db.pages()
  for (let no = 1; no <= reader.count(); no++) for (const page of reader.read(no, 1)) search.take(page)
  search.endFile()
  return residuesOf(markers, search.found)
}

function look(): Looked {
  const places = createUnusedPlaces(store.db)
  let stand = places.step()
  while (stand === 'more') stand = places.step()
  expect(stand).toBe('done')
  return places.looked
}

/** Long lives: rows that grew until their pages were split, and names that changed. */
function liveIn(): void {
  const loader = createBulkLoader(store.db)
  for (const record of records) loader.add(record)
  loader.finish()
  for (let round = 1; round <= 3; round++) {
    for (const [at, record] of records.entries()) if ((at * 7 + round) % 3 > 0) put(workedOn(record, round))
  }
}

test.each([
  ['spread over the store', (at: number) => at % 9 === 4],
  ['one after the other', (at: number) => at >= 200 && at < 420]
])('nothing of cases that were destroyed (%s) is left in a store that was long worked in', (_, isDestroyed) => {
  liveIn()
  const [destroyed, living] = [
    records.filter((__, at) => isDestroyed(at)),
    records.filter((__, at) => !isDestroyed(at))
  ]
  const markers = markersOf(destroyed, living)
  store.db.write((tx) =>
    ok(
      removeCases(
        tx,
        destroyed.map((record) => record.case.id)
      )
    )
  )
  const sweep = createIndexSweep(store.db)
  while (sweep.step());
  expect(emptyLog(store.db.raw)).toBe(true)
  expect(Object.keys(residues(markers)).length).toBeGreaterThan(0) // gaps that secure_delete does not see
  const before = store.db.all('SELECT no, hex(packed) AS packed, body FROM case_bodies ORDER BY no')
  const looked = look()
  expect({ residues: looked.residues, found: residues(markers) }).toEqual({ residues: 0, found: {} })
  expect(looked.cleared).toBeGreaterThan(0)
  expect(store.db.all('SELECT no, hex(packed) AS packed, body FROM case_bodies ORDER BY no')).toEqual(before)
  expect(store.db.pluck('PRAGMA integrity_check')).toBe('ok')
  expect(look()).toEqual({ ...looked, pages: store.db.pages().count(), cleared: 0 })
})

/** Puts the text into a page of the closed file, as a disk would have it. */
function plant(text: string, choose: (no: number, page: Uint8Array) => number | null): void {
  expect(emptyLog(store.db.raw)).toBe(true)
  store.db.close()
  const file = readFileSync(store.file)
  const salt = file.subarray(0, 16)
  const [opener, sealer] = [runOpener(store.key), pageSealer(store.key, salt)]
  for (let no = 1; no <= file.length / PAGE_BYTES; no++) {
    const sealed = file.subarray((no - 1) * PAGE_BYTES, no * PAGE_BYTES)
    const page = opener.open(no, sealed)
    const at = choose(no, page)
    if (at === null) continue
    page.set(Buffer.from(text), at)
    sealer.seal(no, page)
    sealed.set(page)
    break
  }
  writeFileSync(store.file, file)
  store = { ...store, db: expectOk(openStoreDb({ file: store.file, key: store.key, create: false })) }
}
const NAME = '남궁하늘별'
const planted = (): number => residues(textMarkers('name', NAME)).name ?? 0

test('what is planted into the gap of a page is overwritten', () => {
  put(records[0] ?? recordOf(0))
  put(renamed(records[1] ?? recordOf(1), '제갈노을빛'))
  plant(NAME, (no, page) => (isLeafOf('case_bodies', no, page) ? 400 : null))
  expect(planted()).toBe(1)
  const { cleared, residues: left } = look()
  expect({ cleared, left, planted: planted() }).toEqual({ cleared: 1, left: 0, planted: 0 })
})

test('what is planted into a free page cannot be overwritten, and is told', () => {
  liveIn()
  store.db.write((tx) =>
    ok(
      removeCases(
        tx,
        records.slice(0, 500).map((record) => record.case.id)
      )
    )
  )
  const sweep = createIndexSweep(store.db)
  while (sweep.step());
  expect(look().residues).toBe(0)
  plant(NAME, (no, page) => (no > 1 && page.subarray(0, 4000).every((byte) => byte === 0) ? 1000 : null))
  expect([look().residues, planted()]).toEqual([1, 1])
})

/** The only page that has room for it there. */
const isLeafOf = (table: string, no: number, page: Uint8Array): boolean =>
  page[0] === 13 && roots.get(table) === no && page.subarray(400, 420).every((byte) => byte === 0)
let roots = new Map<string, number>()
beforeEach(() => {
  const rows = store.db.all<{ name: string; rootpage: number }>('SELECT name, rootpage FROM sqlite_schema')
  roots = new Map(rows.map(({ name, rootpage }) => [name, rootpage]))
})

test('while another reader holds the log nothing is said, and nobody waits for it', () => {
  put(records[0] ?? recordOf(0))
  const reader = openKeyedConnection({ file: store.file, key: store.key })
  const rows = reader.prepare('SELECT no FROM cases').iterate()
  rows.next()
  put(records[1] ?? recordOf(1))
  const before = store.db.raw.pragma('busy_timeout', { simple: true })
  expect(createUnusedPlaces(store.db).step()).toBe('blocked')
  expect(store.db.raw.pragma('busy_timeout', { simple: true })).toBe(before)
  rows.return?.()
  reader.close()
  expect(look().residues).toBe(0)
})

test('every table is known to hold content that is cleared, or none', () => {
  const tables = store.db
    .all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .map(({ name }) => name)
  expect(tables.filter((table) => handlingOf(table) === null && !WITHOUT_CONTENT.has(table))).toEqual([])
  expect([...WITHOUT_CONTENT].filter((table) => !tables.includes(table))).toEqual([])
})
