import { PassThrough, type Readable, type Transform } from 'node:stream'
import { constants, createGunzip, createZstdDecompress } from 'node:zlib'
import type { FastifyInstance } from 'fastify'

/**
 * Takes request bodies in gzip or zstd. Fastify counts the bytes that come out against the route's limit, so a small
 * body that unpacks to a huge one is refused on the way.
 */
export function acceptCompressedBodies(app: FastifyInstance): void {
  app.addHook('preParsing', async (request, _reply, payload) => {
    const encoding = request.headers['content-encoding']
    if (encoding === undefined || encoding === 'identity') return payload
    const decompress =
      encoding === 'gzip' ? createGunzip() : encoding === 'zstd' ? createZstdDecompress(SMALL_WINDOW) : null
    if (decompress === null) throw new UnknownEncodingError()
    return unpack(payload, decompress)
  })
}

/** A body says by itself how much memory it takes to unpack: up to 8 MiB, what the highest common levels ask for. */
const SMALL_WINDOW = { params: { [constants.ZSTD_d_windowLogMax]: 23 } }

/** The body behind a stream of its own: who reads no further destroys that one, and can still answer. */
export const detachedBody = (payload: Readable): Readable => unpack(payload, new PassThrough())

export class UnknownEncodingError extends Error {
  override readonly name = 'UnknownEncodingError'
  readonly statusCode = 415
  readonly code = 'MNK_ENCODING_UNKNOWN'
}

function unpack(payload: Readable, unpacker: Transform): Readable & { receivedEncodedLength: number } {
  const unpacked = Object.assign(unpacker, { receivedEncodedLength: 0 })
  payload.on('data', (chunk: Buffer) => {
    unpacked.receivedEncodedLength += chunk.length
  })
  payload.once('error', (fault) => unpacker.destroy(fault))
  unpacker.once('close', () => payload.unpipe(unpacker))
  payload.pipe(unpacker)
  return unpacked
}
