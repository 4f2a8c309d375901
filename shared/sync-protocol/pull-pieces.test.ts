import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MOST_PIECE_BYTES, NoPieceError, type PullPiece, pieceHead, readPieces } from './pull-pieces.ts'

const bytesOf = (pieces: readonly PullPiece[]): Uint8Array =>
  Buffer.concat(pieces.flatMap((piece) => [pieceHead(piece), piece.bytes]))

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const read = async (bytes: Uint8Array, size: number): Promise<PullPiece[]> => {
  const pieces: PullPiece[] = []
  for await (const { kind, bytes: content } of readPieces(inChunks(bytes, size))) {
    pieces.push({ kind, bytes: new Uint8Array(content) })
  }
  return pieces
}

const piecesArbitrary = fc.array(
  fc.record({ kind: fc.constantFrom('lines' as const, 'page' as const), bytes: fc.uint8Array({ maxLength: 40 }) }),
  { maxLength: 6 }
)

test('however a stream is cut into chunks, the same pieces come out of it', async () => {
  await fc.assert(
    fc.asyncProperty(piecesArbitrary, fc.integer({ min: 1, max: 60 }), async (pieces, size) => {
      expect(await read(bytesOf(pieces), size)).toEqual(pieces)
    })
  )
})

test('a piece that was cut is dropped, those before it stay', async () => {
  const pieces: PullPiece[] = [
    { kind: 'lines', bytes: Uint8Array.of(1, 2, 3) },
    { kind: 'page', bytes: Uint8Array.of(4, 5, 6, 7) }
  ]
  const bytes = bytesOf(pieces)
  for (let length = 8; length < bytes.length; length += 1) {
    expect(await read(bytes.subarray(0, length), 5)).toEqual(pieces.slice(0, 1))
  }
})

test('what is of no known kind or longer than any piece is none', async () => {
  const head = new Uint8Array(5)
  head[0] = 9
  await expect(read(head, 5)).rejects.toBeInstanceOf(NoPieceError)
  new DataView(head.buffer).setUint32(1, MOST_PIECE_BYTES + 1, true)
  head[0] = 1
  await expect(read(head, 5)).rejects.toBeInstanceOf(NoPieceError)
})
