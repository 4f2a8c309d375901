/**
 * A long pull in pieces, for a desk that asks for them (`pages`): each piece is compressed by itself, so that the centre
 * makes it once for all the desks of a district and a desk unpacks the next while it stores this one.
 *
 * Bytes of a piece: its kind (1), its length (4, the lowest first), and so many bytes.
 */
export const PIECES_TYPE = 'application/x-mnk-pieces'

/** `lines`: NDJSON as a plain pull brings it. `page`: a page of cases as they lie in the desk's tables. */
const KINDS = ['lines', 'page'] as const
export interface PullPiece {
  readonly kind: (typeof KINDS)[number]
  readonly bytes: Uint8Array
}

const HEAD_BYTES = 5
/** Compressed, and unpacked: far more than a thousand of the largest cases take. */
export const MOST_PIECE_BYTES = 256 * 1024 * 1024

/** What stands before the bytes of a piece. */
export function pieceHead({ kind, bytes }: PullPiece): Uint8Array {
  const head = new Uint8Array(HEAD_BYTES)
  head[0] = KINDS.indexOf(kind)
  new DataView(head.buffer).setUint32(1, bytes.length, true)
  return head
}

/** The stream is not one of pieces. */
export class NoPieceError extends Error {
  override readonly name = 'NoPieceError'
}

/**
 * Whole pieces of a stream of bytes; a half one at its end is dropped.
 * @throws NoPieceError
 */
export async function* readPieces(stream: AsyncIterable<Uint8Array>): AsyncGenerator<PullPiece> {
  let held: Uint8Array[] = []
  let length = 0
  for await (const chunk of stream) {
    held.push(chunk)
    length += chunk.length
    for (let wanted = wantedBytes(held, length); length >= wanted; wanted = wantedBytes(held, length)) {
      const bytes = joined(held, length)
      yield { kind: kindOf(bytes), bytes: bytes.subarray(HEAD_BYTES, wanted) }
      held = [bytes.subarray(wanted)]
      length -= wanted
    }
  }
}

/** How many bytes the next piece takes with its head. */
function wantedBytes(held: Uint8Array[], length: number): number {
  if (length < HEAD_BYTES) return HEAD_BYTES
  if ((held[0]?.length ?? 0) < HEAD_BYTES) held.splice(0, held.length, joined(held, length))
  const [first = new Uint8Array()] = held
  const bytes = new DataView(first.buffer, first.byteOffset).getUint32(1, true)
  if (bytes > MOST_PIECE_BYTES) throw new NoPieceError('a piece is longer than any can be')
  return HEAD_BYTES + bytes
}

function kindOf(bytes: Uint8Array): PullPiece['kind'] {
  const kind = KINDS[bytes[0] ?? KINDS.length]
  if (kind === undefined) throw new NoPieceError('a piece is of no kind that is known')
  return kind
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const [first] = parts
  if (parts.length === 1 && first !== undefined) return first
  const bytes = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
