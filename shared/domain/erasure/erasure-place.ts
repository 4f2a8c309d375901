import { z } from 'zod'
import { MARKER_KINDS, type Marker } from './marker.ts'
import { type Residues, residuesOf } from './marker-search.ts'

/** Where a verification looks, at the centre and at a PC. */
export const ERASURE_PLACES = [
  /** Tables of PostgreSQL, with rows that were deleted and not cleared away. */
  'heap',
  /** Long values, which lie apart. */
  'toast',
  'index',
  'wal',
  /** Pieces of documents. */
  'documents',
  'prepared',
  /** Whatever else lies in PostgreSQL's folder. */
  'other',
  'logs',
  'temp',
  /** An older backup of both databases, restored: its bytes, and what of it opens. */
  'backup',
  /** Pages of a desk's store that are in use: cases, documents, drafts and the search index. */
  'store_pages',
  'store_free',
  'store_log',
  'store_shm',
  /** Every other file in the folder of a store. */
  'store_files',
  'store_temp'
] as const
export const erasurePlaceSchema = z.enum(ERASURE_PLACES)
export type ErasurePlace = z.infer<typeof erasurePlaceSchema>

/** `readable_case`: a case that opened in a restored backup. */
export const RESIDUE_KINDS = [...MARKER_KINDS, 'readable_case'] as const
export type ResidueKind = (typeof RESIDUE_KINDS)[number]

export const searchedPlaceSchema = z.object({
  place: erasurePlaceSchema,
  bytes: z.int().nonnegative(),
  /** How many of each kind were found; the markers themselves are never told. */
  residues: z.partialRecord(z.enum(RESIDUE_KINDS), z.int().positive())
})
export type SearchedPlace = z.infer<typeof searchedPlaceSchema>

export interface PlaceFound {
  readonly place: ErasurePlace
  readonly bytes: number
  /** By the place of the marker in the list. */
  readonly found: ReadonlyMap<number, number>
}

export const searchedPlace = (
  markers: readonly Marker[],
  { place, bytes, found }: PlaceFound,
  isExplained?: (marker: Marker) => boolean
): SearchedPlace => ({ place, bytes, residues: residuesOf(markers, found, isExplained) satisfies Residues })

export const countResidues = (places: readonly SearchedPlace[]): number =>
  places.reduce((sum, { residues }) => sum + Object.values(residues).reduce((all, count) => all + count, 0), 0)
