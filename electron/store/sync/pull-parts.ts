import { type CasePage, readCasePage } from '#shared/store-format/case-page.ts'
import {
  MOST_PIECE_BYTES,
  NoPieceError,
  PIECES_TYPE,
  type PullPiece,
  readPieces
} from '#shared/sync-protocol/pull-pieces.ts'
import { decodedBody, unpackWithin } from './content-encoding.ts'
import { textLines } from './text-lines.ts'

/** What a pull brings at a time: lines, or a page of cases as they lie in the store's tables. */
export type PullPart =
  | { readonly type: 'lines'; readonly lines: readonly string[] }
  | { readonly type: 'page'; readonly page: CasePage }

/** It ends early, without an error, when the line is cut. */
export type PullStream = AsyncIterable<PullPart>

/** `onMisfit`: what came as a page is none. */
export function pullParts(response: Response, onMisfit: () => void): PullStream {
  const isPacked = response.headers.get('content-type') === PIECES_TYPE
  return isPacked ? oneAhead(packedParts(response, onMisfit)) : lineParts(response)
}

async function* lineParts(response: Response): AsyncGenerator<PullPart> {
  for await (const lines of textLines(decodedBody(response))) yield { type: 'lines', lines }
}

async function* packedParts(response: Response, onMisfit: () => void): AsyncGenerator<PullPart> {
  if (response.body === null) return
  try {
    for await (const piece of readPieces(response.body as AsyncIterable<Uint8Array>)) {
      const part = await unpacked(piece)
      if (part === null) throw new NoPieceError('a piece does not hold what it says')
      yield part
    }
  } catch (error) {
    if (error instanceof NoPieceError) onMisfit()
    else if (!(error instanceof Error)) throw error // the connection broke, or the signal ended it
  }
}

/** Most pages fit into one buffer of this size. */
const PAGE_ROOM = 1024 * 1024
const decoder = new TextDecoder()

/** Away from this thread, which stores the piece before meanwhile. null: it does not unpack, or is no page. */
async function unpacked({ kind, bytes }: PullPiece): Promise<PullPart | null> {
  const plain = await unpackWithin(bytes, { mostBytes: MOST_PIECE_BYTES, room: PAGE_ROOM }).catch(() => null)
  if (plain === null) return null
  if (kind === 'lines') return { type: 'lines', lines: decoder.decode(plain).split('\n') }
  const page = readCasePage(plain)
  return page === null ? null : { type: 'page', page }
}

/** Asks for the next one before the last has been dealt with. */
async function* oneAhead<T>(items: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = items.next()
  try {
    for (;;) {
      const item = await next
      if (item.done === true) return
      next = items.next()
      next.catch(() => undefined) // a fault is thrown where the item is awaited
      yield item.value
    }
  } finally {
    await items.return(undefined)
  }
}
