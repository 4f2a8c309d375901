import { Readable, type Transform } from 'node:stream'
import { promisify } from 'node:util'
import * as zlib from 'node:zlib'
import type { SnapshotEncoding } from '#shared/sync-protocol/snapshot.ts'

/** zstd came with Node 22.15; the oldest runtime we start on has gzip alone. */
const createZstdDecompress: typeof zlib.createZstdDecompress | undefined = zlib.createZstdDecompress
const createZstdCompress: typeof zlib.createZstdCompress | undefined = zlib.createZstdCompress

export const acceptedEncodings = (): string => (createZstdDecompress === undefined ? 'gzip' : 'zstd, gzip')

/** How this runtime packs what it sends. */
export const createEncoder = (): { readonly name: 'zstd' | 'gzip'; readonly stream: Transform } =>
  createZstdCompress === undefined
    ? { name: 'gzip', stream: zlib.createGzip({ level: 1 }) }
    : { name: 'zstd', stream: createZstdCompress() }

/** What this runtime unpacks best, and how a whole piece of it is unpacked. */
export const wholeEncoding: SnapshotEncoding = zlib.zstdDecompressSync === undefined ? 'gzip' : 'zstd'
/** Beside the thread. Rejects what is not packed like that, or is more than that many bytes. */
export const unpackWhole = (bytes: Uint8Array, mostBytes: number): Promise<Uint8Array> =>
  unpackWithin(bytes, { mostBytes, room: mostBytes + ROOM_TO_END })
/** The same into buffers of `room` bytes, of which most need one. */
export const unpackWithin = (
  bytes: Uint8Array,
  { mostBytes, room }: { mostBytes: number; room: number }
): Promise<Uint8Array> => unpack(bytes, { maxOutputLength: mostBytes, chunkSize: room })
/** Into one buffer: by pieces of 16 KB the calls cost as much as sealing. Full to its end, another would be begun. */
const ROOM_TO_END = 64
const unpack = wholeEncoding === 'zstd' ? promisify(zlib.zstdDecompress) : promisify(zlib.gunzip)

const ZSTD_MAGIC = [0x28, 0xb5, 0x2f, 0xfd]

/**
 * The bytes of an answer as the centre wrote them. `fetch` undoes gzip by itself, and zstd in some runtimes only, without
 * saying so: the first bytes tell.
 */
export async function* decodedBody(response: Response): AsyncGenerator<Uint8Array> {
  if (response.body === null) return
  const bytes = response.body as AsyncIterable<Uint8Array>
  if (response.headers.get('content-encoding') !== 'zstd' || createZstdDecompress === undefined) {
    yield* bytes
    return
  }
  const iterator = bytes[Symbol.asyncIterator]()
  const first = await firstBytes(iterator, ZSTD_MAGIC.length)
  const all = resumed(first, iterator)
  if (ZSTD_MAGIC.every((byte, index) => first[index] === byte)) {
    yield* Readable.from(all).compose(createZstdDecompress()) as AsyncIterable<Uint8Array>
  } else yield* all
}

async function firstBytes(iterator: AsyncIterator<Uint8Array>, count: number): Promise<Uint8Array> {
  let first = new Uint8Array()
  while (first.length < count) {
    const next = await iterator.next()
    if (next.done) break
    first = Buffer.concat([first, next.value])
  }
  return first
}

async function* resumed(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}
