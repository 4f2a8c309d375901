import { nameMarkers } from '#shared/domain/erasure/case-markers.ts'
import type { Marker } from '#shared/domain/erasure/marker.ts'
import { BODY_COLUMNS, type StoredBody, unpackRecord } from '#shared/store-format/case-body.ts'
import { termHasher } from '#shared/store-format/postings/posting-store.ts'
import { storedMarkers } from '#shared/store-format/stored-markers.ts'
import type { ReadableDb } from './statements.ts'

/**
 * Of markers that a search of this store has found those that a case or an official of it has as well: a name, a number
 * of somebody who stands in two cases, a term of the index. They are no residue. Reads every case, so it is asked only
 * where something was found.
 */
export function livingMarkers(db: ReadableDb, found: readonly Marker[]): ReadonlySet<Marker> {
  const wanted = new Map(found.map((marker) => [keyOf(marker), marker]))
  const living = new Set<Marker>()
  const note = (markers: readonly Marker[]): void => {
    for (const marker of markers) {
      const known = wanted.get(keyOf(marker))
      if (known !== undefined) living.add(known)
    }
  }
  for (const name of db.all<{ name: string }>('SELECT display_name AS name FROM staff')) note(nameMarkers(name.name))
  const hasher = termHasher(db)
  const cases = db.iterate<StoredBody>(`SELECT ${BODY_COLUMNS} FROM cases c JOIN case_bodies b ON b.no = c.no`)
  for (const row of cases) {
    if (living.size === wanted.size) break
    note(storedMarkers(unpackRecord(row).case, hasher))
  }
  return living
}

const keyOf = ({ bytes }: Marker): string => Buffer.from(bytes).toString('latin1')
