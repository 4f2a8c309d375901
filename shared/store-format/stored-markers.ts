import type { Case } from '#shared/domain/case/case.ts'
import { caseSchema } from '#shared/domain/case/case.ts'
import { caseMarkers, itemKind } from '#shared/domain/erasure/case-markers.ts'
import { heldValues } from '#shared/domain/erasure/held-values.ts'
import { bytesMarker, distinctMarkers, type Marker } from '#shared/domain/erasure/marker.ts'
import { termMarkers } from '#shared/domain/erasure/term-markers.ts'
import { searchTerms } from '#shared/domain/search/search-terms.ts'
import { searchableOf } from '#shared/domain/search/searchable.ts'
import type { TermHasher } from '#shared/domain/search/term-hash.ts'
import { BODY_WORDS } from './body-words.ts'
import { createCompactFormat } from './compact-value.ts'

const compact = createCompactFormat(BODY_WORDS)
const FEWEST_NAME_UNITS = 3

/**
 * The markers of a case in a desk's store: besides the texts, how a packed body keeps names and registration numbers, and
 * the terms of this store's search index. A packed phone of six bytes is too short to be one.
 */
export function storedMarkers(subject: Case, hasher: TermHasher): Marker[] {
  const packed = heldValues(caseSchema, subject).flatMap(({ item, value }) => {
    if (typeof value !== 'string') return []
    const kind = itemKind(item)
    if (kind === 'name' && value.length >= FEWEST_NAME_UNITS) return bytesMarker('name', compact.encode(value, []))
    return kind === 'rrn' ? bytesMarker('registration_no', compact.encode(value, [])) : []
  })
  return distinctMarkers([
    ...caseMarkers(subject),
    ...packed,
    ...termMarkers(searchTerms(searchableOf(subject), hasher))
  ])
}
