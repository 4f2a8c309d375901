import { expect, test } from 'vitest'
import { caseRecordSchema } from '#shared/domain/case/case.ts'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import { createMarkerSearch, createMarkerSet, residuesOf } from '#shared/domain/erasure/marker-search.ts'
import { packSearchable, searchableOf } from '#shared/domain/search/searchable.ts'
import { TermHasher, termKeyOf } from '#shared/domain/search/term-hash.ts'
import { packRecord } from './case-body.ts'
import { storedMarkers } from './stored-markers.ts'

const recordOf = createCaseGenerator({ seed: 4, districtCodes: ['11680'], today: '2026-11-20', count: 9 })

test('a packed body tells its people by its packed names and registration numbers, and of nobody else', () => {
  const [one, other] = [caseRecordSchema.parse(recordOf(2)), caseRecordSchema.parse(recordOf(5))]
  const hasher = new TermHasher(termKeyOf(new Uint8Array(16).fill(3)))
  const markers = storedMarkers(one.case, hasher)
  const kindsIn = (bytes: Uint8Array) => {
    const search = createMarkerSearch(createMarkerSet(markers))
    search.take(bytes)
    search.endFile()
    return Object.keys(residuesOf(markers, search.found))
  }
  expect(kindsIn(packRecord(one, ''))).toEqual(expect.arrayContaining(['name', 'registration_no']))
  expect(kindsIn(new TextEncoder().encode(packSearchable(searchableOf(one.case))))).toContain('phone')
  expect(kindsIn(packRecord(other, packSearchable(searchableOf(other.case))))).toEqual([])
})
