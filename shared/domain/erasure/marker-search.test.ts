import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesMarker, type Marker, textMarkers } from './marker.ts'
import { createMarkerSearch, createMarkerSet, residuesOf } from './marker-search.ts'

const markers: Marker[] = [
  ...textMarkers('phone', '01012345678'),
  ...textMarkers('name', '김하늘'),
  ...bytesMarker(
    'document_key',
    Uint8Array.from({ length: 64 }, (_, at) => at)
  )
]
const foundIn = (pieces: readonly Uint8Array[], list: readonly Marker[] = markers) => {
  const search = createMarkerSearch(createMarkerSet(list))
  for (const piece of pieces) search.take(piece)
  search.endFile()
  return { ...residuesOf(list, search.found), bytes: search.bytes }
}
const cut = (bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] => {
  const pieces: Uint8Array[] = []
  let at = 0
  for (const size of sizes) {
    pieces.push(bytes.subarray(at, at + size))
    at += size
  }
  return [...pieces, bytes.subarray(at)]
}
const noise = (length: number) => Uint8Array.from({ length }, (_, at) => (at * at * 31 + at) % 256)
const joined = (...parts: readonly Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]))

test('every marker is found as often as it stands there, wherever the pieces are cut', () => {
  const all = markers.map(({ bytes }) => bytes)
  const file = joined(noise(100), ...all, noise(33), ...all)
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 80 }), { maxLength: 20 }), (sizes) => {
      expect(foundIn(cut(file, sizes))).toEqual({ phone: 4, name: 2, document_key: 2, bytes: file.length })
    })
  )
})

test('at the very beginning and end of a file', () => {
  const [phone = new Uint8Array()] = markers.map(({ bytes }) => bytes)
  expect(foundIn([phone])).toEqual({ phone: 1, bytes: 11 })
})

test('halves in two files are none', () => {
  const [phone = new Uint8Array()] = markers.map(({ bytes }) => bytes)
  const search = createMarkerSearch(createMarkerSet(markers))
  for (const half of cut(phone, [6])) {
    search.take(half)
    search.endFile()
  }
  expect(search.found).toEqual(new Map())
})

test('among a hundred thousand markers in noise the planted ones and no others', () => {
  const many = Array.from({ length: 100_000 }, (_, no) =>
    textMarkers('registration_no', `9001012${String(no).padStart(6, '0')}`)
  )
  const list = many.flat()
  const planted = list.filter((_, index) => index % 9973 === 0).flatMap(({ bytes }) => [noise(70), bytes])
  const found = foundIn([joined(...planted)], list)
  expect(found.registration_no).toBe(planted.length / 2)
})

test('what a living case explains is no residue', () => {
  const search = createMarkerSearch(createMarkerSet(markers))
  search.take(joined(...markers.map(({ bytes }) => bytes)))
  search.endFile()
  expect(residuesOf(markers, search.found, ({ kind }) => kind === 'name')).toEqual({ phone: 2, document_key: 1 })
})
