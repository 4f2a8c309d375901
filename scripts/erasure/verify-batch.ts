import { v7 as newUuid } from 'uuid'
import { type SearchedPlace, searchedPlace } from '#shared/domain/erasure/erasure-place.ts'
import type { Marker } from '#shared/domain/erasure/marker.ts'
import { createMarkerSet } from '#shared/domain/erasure/marker-search.ts'
import { termHasher } from '#shared/store-format/postings/posting-store.ts'
import { storedForms } from '#shared/store-format/stored-markers.ts'
import { openKeyedConnection } from '../../electron/store/db/connection.ts'
import { livingMarkers } from '../../electron/store/db/living-markers.ts'
import { searchStore } from '../../electron/store/db/search-store.ts'
import { createReader } from '../../electron/store/db/statements.ts'
import { type Centre, openCentre } from '../../server/centre.ts'
import type { DatabaseAccess } from '../../server/database-access.ts'
import { beginVerification, recordVerification, type VerificationRefusal } from '../../server/erasure/verifications.ts'
import {
  backupPlace,
  isClean,
  provingMarkers,
  REQUIRED_PLACES,
  searchBackup,
  searchCentre
} from '../../server/erasure/verify-erasure.ts'

export interface BatchToVerify {
  readonly batchId: string
  readonly login: string
  /** Copies of data folders; null: none is at hand. */
  readonly backup: readonly string[] | null
  readonly logs: readonly string[]
  readonly temps: readonly string[]
  readonly store: StoreWithKey | null
}

interface StoreWithKey {
  readonly file: string
  readonly key: Uint8Array
}

export interface BatchVerified {
  readonly isClean: boolean
  /** For the person at the terminal: places, sizes and counts. */
  readonly lines: readonly string[]
}

type Databases = Pick<DatabaseAccess, 'databaseUrl' | 'keysDatabaseUrl' | 'masterKey'>

export async function verifyBatch(databases: Databases, wanted: BatchToVerify): Promise<BatchVerified> {
  const { databaseUrl, keysDatabaseUrl, masterKey } = databases
  const now = () => new Date().toISOString()
  const access = { databaseUrl, keysDatabaseUrl, masterKey }
  const centre = await openCentre({ ...access, now, newId: newUuid, onFault: () => undefined })
  try {
    const by = await beginVerification(centre, wanted)
    if (!by.ok) return { isClean: false, lines: [REFUSED[by.error.type]] }
    const { markers, cases, unmarked } = await provingMarkers({ ...centre, masterKey }, wanted.batchId)
    const places = await searchAll(centre, { databases, wanted, markers })
    const verified = { batchId: wanted.batchId, by: by.value, cases, unmarked, places }
    const isFree = isClean(places, { unmarked })
    const closed = await recordVerification(centre, { ...verified, isClean: isFree })
    return { isClean: isFree, lines: told({ ...verified, markers: markers.length, isFree, closed }) }
  } finally {
    await centre.drain()
    await centre.close()
  }
}

const REFUSED: Record<VerificationRefusal['type'], string> = {
  NotAdministrator: 'Not usable: --by has to be an administrator of the district of the batch.',
  NoSuchBatch: 'There is no such batch.',
  NotExecuted: 'The batch is not executed yet.',
  Closed: 'Its verification is closed: nothing was found, and nobody knows any more what to look for.'
}

interface Work {
  readonly databases: Databases
  readonly wanted: BatchToVerify
  readonly markers: readonly Marker[]
}

async function searchAll(centre: Centre, { databases, wanted, markers }: Work): Promise<SearchedPlace[]> {
  const set = createMarkerSet(markers)
  const found = await searchCentre(centre, set, wanted)
  const places = found.map((one) => searchedPlace(markers, one))
  if (wanted.backup !== null) {
    const deps = { ...centre, masterKey: databases.masterKey }
    const backup = await searchBackup(
      deps,
      { markers: set, batchId: wanted.batchId },
      { folders: wanted.backup, ...databases }
    )
    places.push(...[backupPlace(markers, backup)].filter((place) => place !== null))
  }
  if (wanted.store !== null) places.push(...(await storePlaces(wanted.store, markers)))
  return places
}

/** @throws where the key is not the store's. */
async function storePlaces({ file, key }: StoreWithKey, markers: readonly Marker[]): Promise<SearchedPlace[]> {
  const raw = openKeyedConnection({ file, key, nativeBinding: process.env.MNK_SQLITE_ADDON })
  try {
    const db = createReader(raw)
    const forms = storedForms(markers, termHasher(db))
    const searched = await searchStore({ file, key, markers: createMarkerSet(forms) })
    if (!searched.ok) throw new Error('MNK_STORE_KEY does not open this store')
    const indexes = new Set(searched.value.flatMap(({ found }) => [...found.keys()]))
    const found = forms.filter((_, index) => indexes.has(index))
    const living = found.length === 0 ? new Set() : livingMarkers(db, found)
    return searched.value.map((one) => searchedPlace(forms, one, (marker) => living.has(marker)))
  } finally {
    raw.close()
  }
}

interface Told {
  readonly batchId: string
  readonly cases: number
  readonly unmarked: number
  readonly markers: number
  readonly places: readonly SearchedPlace[]
  readonly isFree: boolean
  readonly closed: boolean
}

function told({ batchId, cases, unmarked, markers, places, isFree, closed }: Told): string[] {
  const searched = new Set(places.map(({ place }) => place))
  const missing = REQUIRED_PLACES.filter((place) => !searched.has(place))
  return [
    `Batch ${batchId}: ${cases} cases, ${markers} markers`,
    ...(unmarked > 0 ? [`Of ${unmarked} cases no markers are known: nobody can look for them.`] : []),
    ...places.map(({ place, bytes, residues }) => {
      const kinds = Object.entries(residues).map(([kind, count]) => `${kind} ${count}`)
      return `${place.padEnd(12)} ${String(bytes).padStart(14)} bytes  ${kinds.length === 0 ? 'nothing' : `RESIDUES: ${kinds.join(', ')}`}`
    }),
    ...missing.map((place) =>
      place === 'backup' ? 'backup       not searched: no older one that has these cases' : `${place} not searched`
    ),
    closed
      ? 'Nothing is left. The verification is closed, and its markers are destroyed.'
      : isFree
        ? 'Nothing is left. The verification stays open until every copy of the batch is settled.'
        : 'NOT clean.'
  ]
}
