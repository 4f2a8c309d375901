import type { Case } from '#shared/domain/case/case.ts'
import { caseMarkers } from '#shared/domain/erasure/case-markers.ts'
import { bytesMarker, distinctMarkers, type Marker } from '#shared/domain/erasure/marker.ts'
import { termMarkers } from '#shared/domain/erasure/term-markers.ts'
import { searchTerms } from '#shared/domain/search/search-terms.ts'
import { searchableOf } from '#shared/domain/search/searchable.ts'
import type { TermHasher } from '#shared/domain/search/term-hash.ts'
import { BODY_WORDS } from './body-words.ts'
import { createCompactFormat } from './compact-value.ts'

const compact = createCompactFormat(BODY_WORDS)

/** The markers of a case in a desk's store. */
export const storedMarkers = (subject: Case, hasher: TermHasher): Marker[] =>
  distinctMarkers([
    ...storedForms(caseMarkers(subject), hasher),
    ...termMarkers(searchTerms(searchableOf(subject), hasher))
  ])

/**
 * Markers with the forms in which a store keeps the same: names and registration numbers as a packed body has them, names
 * and phones as terms of this store's search index. A packed phone of six bytes is too short to be a marker.
 */
export function storedForms(markers: readonly Marker[], hasher: TermHasher): Marker[] {
  const texts = markers.flatMap(({ kind, bytes }) => {
    const text = textOf(bytes)
    return text === null ? [] : [{ kind, text }]
  })
  const of = (wanted: Marker['kind']) => texts.filter(({ kind }) => kind === wanted).map(({ text }) => text)
  const packed = [
    ...of('name').flatMap((name) => bytesMarker('name', compact.encode(name, []))),
    ...of('registration_no').flatMap((digits) => bytesMarker('registration_no', compact.encode(digits, [])))
  ]
  const phones = of('phone').filter((phone) => /^\d+$/.test(phone))
  const searchable = { applicationNo: '', names: of('name'), phones, road: '', building: '', extra: '' }
  return distinctMarkers([...markers, ...packed, ...termMarkers(searchTerms(searchable, hasher))])
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** null: the same text in UTF-16, or no text at all. */
function textOf(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null
  try {
    return utf8.decode(bytes)
  } catch {
    return null
  }
}
