import type { Readable } from 'node:stream'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import type { FastifyInstance } from 'fastify'

/**
 * Takes request bodies in gzip or zstd. Fastify counts the bytes that come out against the route's limit, so a small
 * body that unpacks to a huge one is refused on the way.
 */
export function acceptCompressedBodies(app: FastifyInstance): void {
  app.addHook('preParsing', async (request, _reply, payload) => {
    const encoding = request.headers['content-encoding']
    if (encoding === undefined || encoding === 'identity') return payload
    const decompress = encoding === 'gzip' ? createGunzip() : encoding === 'zstd' ? createZstdDecompress() : null
    if (decompress === null) throw new UnknownEncodingError()
    return unpack(payload, decompress)
  })
}

export class UnknownEncodingError extends Error {
  override readonly name = 'UnknownEncodingError'
  readonly statusCode = 415
  readonly code = 'MNK_ENCODING_UNKNOWN'
}

type Decompressor = ReturnType<typeof createGunzip> | ReturnType<typeof createZstdDecompress>

function unpack(payload: Readable, decompress: Decompressor): Readable & { receivedEncodedLength: number } {
  const unpacked = Object.assign(decompress, { receivedEncodedLength: 0 })
  payload.on('data', (chunk: Buffer) => {
    unpacked.receivedEncodedLength += chunk.length
  })
  payload.once('error', (fault) => decompress.destroy(fault))
  decompress.once('close', () => payload.unpipe(decompress))
  payload.pipe(decompress)
  return unpacked
}
