import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Marker } from '#shared/domain/erasure/marker.ts'
import { createMarkerSet, residuesOf } from '#shared/domain/erasure/marker-search.ts'
import { expectOk } from '#shared/foundation/result.ts'
import { termHasher } from '#shared/store-format/postings/posting-store.ts'
import { storedMarkers } from '#shared/store-format/stored-markers.ts'
import { openTestDesk, type TestDesk } from '../testing/test-desk.ts'
import { livingMarkers } from './living-markers.ts'
import { searchStore } from './search-store.ts'

let desk: TestDesk
beforeEach(() => {
  desk = openTestDesk()
})
afterEach(() => desk.close())

const markersOf = (caseId: string): Marker[] => {
  const record = desk.shown(caseId)
  if (record === undefined) throw new Error('the case is not here')
  return storedMarkers(record.case, termHasher(desk.db))
}
const foundOf = async (markers: readonly Marker[]): Promise<Marker[]> => {
  const places = expectOk(await searchStore({ file: desk.file, key: desk.key, markers: createMarkerSet(markers) }))
  const indexes = new Set(places.flatMap(({ found }) => [...found.keys()]))
  return markers.filter((_, index) => indexes.has(index))
}

test('a case that is there is found in its store by its people, its numbers and its terms, and explains what was found', async () => {
  const markers = markersOf(desk.register())
  const found = await foundOf(markers)
  const kinds = Object.keys(residuesOf(found, new Map(found.map((_, index) => [index, 1]))))
  expect(kinds).toEqual(expect.arrayContaining(['name', 'registration_no', 'phone', 'search_term']))
  expect(livingMarkers(desk.db, found)).toEqual(new Set(found))
})

test('what no living case has is explained by none', () => {
  const caseId = desk.register()
  const number: Marker = { kind: 'registration_no', bytes: new TextEncoder().encode('8801019999999') }
  expect(livingMarkers(desk.db, [number, ...markersOf(caseId).slice(0, 1)]).has(number)).toBe(false)
})
