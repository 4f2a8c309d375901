import type { Paper } from '#shared/papers/paper.ts'

/** What main and the store process say to each other. The windows' requests go over their own ports, past main. */

export interface StoreStart {
  readonly type: 'start'
  readonly dataDir: string
  /** null: the operating system's vault no longer gives it, or the disk has had no room for it yet. */
  readonly deviceSecret: Uint8Array | null
  readonly vault: 'os' | 'unprotected'
  /** Path of the SQLite addon where the package's own does not fit the runtime. */
  readonly nativeBinding?: string
  readonly serverUrl: string | null
  readonly appVersion: string
  readonly deviceName: string
  readonly demo: boolean
}

export type ToStore =
  | StoreStart
  /** A window's port comes with it. */
  | { readonly type: 'client' }
  /** null: the disk has no room for one. */
  | { readonly type: 'deviceSecret'; readonly secret: Uint8Array | null }
  /** null: it could not be printed. */
  | { readonly type: 'printed'; readonly id: string; readonly pdf: Uint8Array | null }
  /** A person chose where a file goes: the store writes `part` and makes it `path` when it is whole. */
  | { readonly type: 'place'; readonly placeId: string; readonly path: string; readonly part: string }
  | { readonly type: 'close' }

export type FromStore =
  | { readonly type: 'started' }
  /** The old secret is lost and a person chose to start afresh, or there was no room for the first: main makes a new one. */
  | { readonly type: 'needDeviceSecret' }
  /** The page is main's to show and print; what stands on it is the store's alone. */
  | { readonly type: 'printPaper'; readonly id: string; readonly paper: Paper }
  /** The file is at its place, or nothing of it is left. */
  | { readonly type: 'placeDone'; readonly placeId: string }
