/** What the store and the thread that gathers posting lists say to each other: every message has one answer, in their order. */

export interface GatherStart {
  /** Of this store's index. */
  readonly termKey: Uint8Array
}

export type ToGatherer =
  | ({ readonly type: 'cases' } & PackedTexts)
  /** The next blocks of what has gathered, in the order of their keys. */
  | { readonly type: 'blocks' }
  /** Forget what has gathered. */
  | { readonly type: 'clear' }

export type FromGatherer = { readonly type: 'done' } | ({ readonly type: 'blocks' } & Blocks)

/** What cases with rising numbers are found by: one text goes over in a fraction of the time of a thousand. */
export interface PackedTexts {
  readonly firstNo: number
  readonly text: string
  /** Where in `text` the part of each case ends: its application number, `CUT`, and what `packSearchable` wrote. */
  readonly ends: Uint32Array
}

export const CUT = '\u001e'

export interface Blocks {
  readonly keys: BigInt64Array
  /** Where each block ends in `bytes`. */
  readonly ends: Uint32Array
  readonly bytes: Uint8Array
  /** Nothing is left, and the thread has forgotten them. */
  readonly areLast: boolean
}
