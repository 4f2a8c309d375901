import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ErasurePlace, PlaceFound } from '#shared/domain/erasure/erasure-place.ts'
import { textMarkers } from '#shared/domain/erasure/marker.ts'
import { createMarkerSet } from '#shared/domain/erasure/marker-search.ts'
import { expectOk } from '#shared/foundation/result.ts'
import { plantInStore } from '../testing/plant-residues.ts'
import { openTestStore, type TestStore } from '../testing/test-store.ts'
import { searchStore } from './search-store.ts'

let store: TestStore
let temp: string
beforeEach(() => {
  store = openTestStore()
  temp = mkdtempSync(path.join(tmpdir(), 'mnk-search-temp-'))
})
afterEach(() => {
  store.close()
  rmSync(temp, { recursive: true })
})

let numbers = 0
const numberFor = () => {
  numbers += 1
  return `90010123${String(numbers).padStart(5, '4')}`
}
const search = (markers: Parameters<typeof createMarkerSet>[0], key = store.key) =>
  searchStore({ file: store.file, key, markers: createMarkerSet(markers), tempFolders: [temp] })
const placesOf = (found: readonly PlaceFound[], index: number): ErasurePlace[] =>
  found.filter((one) => one.found.has(index)).map(({ place }) => place)

test('a residue is found in every place of a store where one can lie', async () => {
  const planted = plantInStore({ ...store, tempFolder: temp }, numberFor)
  const found = expectOk(await search(planted.map(({ marker }) => marker)))
  const missed = planted.filter(({ place }, index) => !placesOf(found, index).includes(place))
  expect(missed.map(({ what }) => what)).toEqual([])
  expect(new Set(planted.map(({ place }) => place)).size).toBe(found.length)
  expect(found.filter(({ bytes }) => bytes === 0)).toEqual([])
})

test('a store without them has none', async () => {
  const found = expectOk(await search(textMarkers('registration_no', numberFor())))
  expect(found.flatMap((one) => [...one.found])).toEqual([])
})

test('a frame of before the last merge is still looked at', async () => {
  const number = numberFor()
  const { raw } = store.db
  raw.exec('CREATE TABLE planted (text TEXT)')
  raw.prepare('INSERT INTO planted VALUES (?)').run(number)
  raw.pragma('wal_checkpoint(PASSIVE)')
  raw.exec('DELETE FROM planted')
  const found = expectOk(await search(textMarkers('registration_no', number)))
  expect(placesOf(found, 0)).toContain('store_log')
})

test('under another key nothing is called clean', async () => {
  store.db.raw.pragma('wal_checkpoint(TRUNCATE)')
  expect(await search([], new Uint8Array(32).fill(1))).toEqual({ ok: false, error: { type: 'KeyWrong' } })
})
