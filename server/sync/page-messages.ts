import type { SnapshotEncoding } from '#shared/sync-protocol/snapshot.ts'

/** What the server and the thread that packs pages say to each other. Bytes change hands, they are not copied. */

export interface ToPacker {
  readonly no: number
  readonly encoding: SnapshotEncoding
  /** How far the stream is read with these lines. */
  readonly cursor: number
  /** Whole lines of the stream. */
  readonly lines: Uint8Array
}

export interface FromPacker {
  readonly no: number
  /** `lines`: one of them does not fit a page, so all of them come as they were. */
  readonly kind: 'page' | 'lines'
  readonly bytes: Uint8Array
}
