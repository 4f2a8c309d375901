import type { Cipher } from './cipher.ts'

/** The sealed format of documents: AES-256-GCM under the document's own key, each chunk bound to its document and place. */

export interface ChunkPlace {
  readonly documentId: string
  /** From 0. */
  readonly no: number
}

const contextOf = ({ documentId, no }: ChunkPlace): string => `mnk document chunk 1 ${documentId} ${no}`

export const sealChunk = (cipher: Cipher, key: Uint8Array, content: Uint8Array, place: ChunkPlace): Uint8Array =>
  cipher.seal(key, content, contextOf(place))

/** null: altered, of another document, or another piece of it. */
export const openChunk = (cipher: Cipher, key: Uint8Array, sealed: Uint8Array, place: ChunkPlace): Uint8Array | null =>
  cipher.open(key, sealed, contextOf(place))

/** How much longer a chunk is when it is sealed: nonce and tag. */
export const SEAL_BYTES = 28
