import type { SnapshotEncoding } from '#shared/sync-protocol/snapshot.ts'

/** What the server and the thread that makes an image say to each other. Bytes change hands, they are not copied. */

export interface ImageOrder {
  readonly encoding: SnapshotEncoding
}

export type ToImage =
  /** Whole lines of the stream. */
  | { readonly type: 'lines'; readonly bytes: Uint8Array }
  | { readonly type: 'finish' }
  /** The next part, please. */
  | { readonly type: 'next' }

export type FromImage =
  /** The lines are in the image: more may come. */
  | { readonly type: 'taken' }
  | { readonly type: 'made'; readonly cases: number; readonly cursor: number }
  | { readonly type: 'part'; readonly bytes: Uint8Array }
  | { readonly type: 'end' }
  /** A line that an image cannot hold: the stream has to bring it. */
  | { readonly type: 'unfit' }
