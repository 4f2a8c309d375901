import { nameMarkers } from '#shared/domain/erasure/case-markers.ts'
import {
  countResidues,
  ERASURE_PLACES,
  type ErasurePlace,
  type PlaceFound,
  type SearchedPlace,
  searchedPlace
} from '#shared/domain/erasure/erasure-place.ts'
import type { Marker } from '#shared/domain/erasure/marker.ts'
import { createMarkerSearch, type MarkerSearch, type MarkerSet } from '#shared/domain/erasure/marker-search.ts'
import type { Redacted } from '#shared/foundation/redacted.ts'
import type { Centre } from '../centre.ts'
import { createPool, type Pool, type Queryable } from '../db/pool.ts'
import { type BatchMarkers, destroyedBy, readMarkers } from '../destruction/batch-markers.ts'
import { createCaseKeyOpener } from '../keys/key-opener.ts'
import { dataFoldersOf } from './data-folders.ts'
import { openRestored, type RestoredCases } from './open-restored.ts'
import { restoreBackup } from './restored-backup.ts'
import { filesBelow, searchFile } from './search-files.ts'

export type ErasureDeps = Pick<Centre, 'pool' | 'keysPool' | 'keyRing' | 'cipher'> & {
  readonly masterKey: Redacted<Uint8Array>
}

/** The markers of a batch that are proof: a case key that opens no more is none, nor what an official is called. */
export async function provingMarkers(deps: ErasureDeps, batchId: string): Promise<BatchMarkers> {
  const openCaseKey = await createCaseKeyOpener(deps.keysPool, deps)
  const batch = await readMarkers({ ...deps, openCaseKey }, batchId)
  const { rows } = await deps.pool.query<{ name: string }>('SELECT DISTINCT display_name AS name FROM accounts')
  const officials = new Set(rows.flatMap(({ name }) => nameMarkers(name)).map(hexOf))
  return { ...batch, markers: batch.markers.filter((marker) => !officials.has(hexOf(marker))) }
}

const hexOf = ({ bytes }: Marker): string => Buffer.from(bytes).toString('hex')

export interface CentreToSearch {
  /** Folders or files with what the centre's own log was written to. */
  readonly logs: readonly string[]
  readonly temps: readonly string[]
}

/** Everything that PostgreSQL has of both databases on its disk, and the folders that are named. */
export async function searchCentre(
  { pool, keysPool }: Pick<ErasureDeps, 'pool' | 'keysPool'>,
  markers: MarkerSet,
  { logs, temps }: CentreToSearch
): Promise<PlaceFound[]> {
  const searches = new Map<ErasurePlace, MarkerSearch>()
  const at = (place: ErasurePlace): MarkerSearch => {
    const search = searches.get(place) ?? createMarkerSearch(markers)
    searches.set(place, search)
    return search
  }
  for (const db of [pool, keysPool]) await db.query('CHECKPOINT')
  for (const { dir, placeOf } of await dataFoldersOf([pool, keysPool]))
    for (const file of await filesBelow(dir)) {
      const place = placeOf(file)
      if (place !== null) await searchFile(file, at(place))
    }
  await searchPrepared(pool, at('prepared'))
  const named = [
    ...logs.map((folder) => [folder, 'logs'] as const),
    ...temps.map((folder) => [folder, 'temp'] as const)
  ]
  for (const [folder, place] of named) {
    const search = at(place)
    for (const file of await filesBelow(folder)) await searchFile(file, search)
  }
  return ERASURE_PLACES.flatMap((place) => {
    const search = searches.get(place)
    return search === undefined ? [] : [{ place, bytes: search.bytes, found: search.found }]
  })
}

/** Prepared copies are in no log, so no checkpoint brings what PostgreSQL has of them in memory to the disk: it is asked for. */
async function searchPrepared(pool: Queryable, search: MarkerSearch): Promise<void> {
  const { rows } = await pool.query<{ id: string; no: number }>('SELECT snapshot_id AS id, no FROM snapshot_chunks')
  for (const { id, no } of rows) {
    const part = await pool.query<{ content: Uint8Array }>(
      'SELECT content FROM snapshot_chunks WHERE snapshot_id = $1 AND no = $2',
      [id, no]
    )
    search.take(part.rows[0]?.content ?? new Uint8Array())
    search.endFile()
  }
}

export interface BackupToSearch {
  /** Copies of the data folders of both databases; one where one PostgreSQL has both. */
  readonly folders: readonly string[]
  readonly databaseUrl: string
  readonly keysDatabaseUrl: string
}

export interface BackupFound extends PlaceFound, RestoredCases {}

/**
 * Restores an older backup and tries to read the destroyed cases in it, with everything that the centre has today; looks
 * for the markers in its bytes.
 */
export async function searchBackup(
  deps: ErasureDeps,
  { markers, batchId }: { readonly markers: MarkerSet; readonly batchId: string },
  backup: BackupToSearch
): Promise<BackupFound> {
  const search = createMarkerSearch(markers)
  for (const folder of backup.folders) for (const file of await filesBelow(folder)) await searchFile(file, search)
  const caseIds = [...(await destroyedBy(deps.pool, batchId))]
  const opensNow = await createCaseKeyOpener(deps.keysPool, deps)
  const restored = await withRestored(backup, (cases, keys) =>
    openRestored({ ...deps, opensNow }, { cases, keys }, caseIds)
  )
  return { place: 'backup', bytes: search.bytes, found: search.found, ...restored }
}

/** null: none of the cases is in the backup, so it proves nothing. A wrapped key there is proof only if it opens the case. */
export function backupPlace(markers: readonly Marker[], found: BackupFound): SearchedPlace | null {
  if (found.there === 0) return null
  const { place, bytes, residues } = searchedPlace(markers, found, ({ kind }) => kind === 'case_key')
  return { place, bytes, residues: { ...residues, ...(found.readable > 0 && { readable_case: found.readable }) } }
}

async function withRestored<T>(
  { folders, databaseUrl, keysDatabaseUrl }: BackupToSearch,
  work: (cases: Queryable, keys: Queryable) => Promise<T>
): Promise<T> {
  const [first = '', second = first] = folders
  const restored = [await restoreBackup(first)]
  const pools: Pool[] = []
  const open = (connectionString: string): Pool => {
    const pool = createPool({ connectionString, applicationName: 'mnk-erasure', onIdleError: () => undefined })
    pools.push(pool)
    return pool
  }
  try {
    if (second !== first) restored.push(await restoreBackup(second))
    const ofKeys = restored.at(-1) ?? restored[0]
    return await work(open(restored[0]?.url(databaseUrl) ?? ''), open(ofKeys?.url(keysDatabaseUrl) ?? ''))
  } finally {
    for (const pool of pools) await pool.end()
    for (const one of restored) await one.stop()
  }
}

/** What a verification has to have looked at before it is one. */
export const REQUIRED_PLACES: readonly ErasurePlace[] = ['heap', 'toast', 'index', 'wal', 'logs', 'temp', 'backup']

export const isClean = (places: readonly SearchedPlace[], { unmarked }: Pick<BatchMarkers, 'unmarked'>): boolean =>
  unmarked === 0 &&
  countResidues(places) === 0 &&
  REQUIRED_PLACES.every((required) => places.some(({ place }) => place === required))
