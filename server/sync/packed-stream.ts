import { promisify } from 'node:util'
import { gzip, zstdCompress } from 'node:zlib'
import { type PullPiece, pieceHead } from '#shared/sync-protocol/pull-pieces.ts'
import type { SnapshotEncoding } from '#shared/sync-protocol/snapshot.ts'
import { batchesUpTo, type ChangeRange, type ChangeStreamDeps, endLine, type PullOpening } from './change-stream.ts'
import type { FoundPage, PageStore } from './page-store.ts'

/** From so many changes on a pull comes in packed pages; fewer are lines, which cost a desk little. */
export const PACKED_FROM = 5000

/** Pages that are made or sent at a time, so that one is read while another is packed. */
const PAGES_AHEAD = 3

/** A pull in pieces (`pull-pieces.ts`): its first lines, the packed pages up to the stream's end at the start, its last line. */
export async function* packedStream(
  deps: ChangeStreamDeps & { readonly pages: PageStore },
  range: ChangeRange,
  { opening, encoding }: { readonly opening: PullOpening; readonly encoding: SnapshotEncoding }
): AsyncGenerator<Uint8Array> {
  const { generation, streamEnd: end } = opening.stand
  yield* framed(await packedLines(opening.lines, encoding))
  const ahead: FoundPage[] = []
  let cursor = Math.min(range.cursor, end)
  for (;;) {
    while (cursor < end && ahead.length < PAGES_AHEAD) {
      const { districtCode } = range
      const found = await deps.pages.page({ districtCode, cursor, end, generation, encoding })
      found.piece?.catch(() => undefined) // a fault is thrown where the piece is awaited
      cursor = found.cursor
      ahead.push(found)
    }
    const next = ahead.shift()
    if (next === undefined) break
    if (next.piece !== null) yield* framed(await next.piece)
  }
  for await (const lines of batchesUpTo(deps, range, cursor)) yield* framed(await packedLines(lines, encoding))
  yield* framed(await packedLines(endLine(deps, range, { stand: opening.stand, cursor }), encoding))
}

function* framed(piece: PullPiece): Generator<Uint8Array> {
  yield pieceHead(piece)
  yield piece.bytes
}

const [asZstd, asGzip] = [promisify(zstdCompress), promisify(gzip)]

const packedLines = async (lines: Uint8Array, encoding: SnapshotEncoding): Promise<PullPiece> => ({
  kind: 'lines',
  bytes: encoding === 'zstd' ? await asZstd(lines) : await asGzip(lines)
})
