import { PassThrough, type Readable, type Transform } from 'node:stream'
import { constants, createGunzip, createZstdDecompress } from 'node:zlib'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { BodyUnreadableError } from './body-unreadable.ts'
import type { ServerLimits } from './limits.ts'

/**
 * Takes request bodies in gzip or zstd, or plain. Fastify counts the bytes that come out against the route's limit, so a
 * small body that unpacks to a huge one is refused on the way. The body is behind a stream of its own: who reads no
 * further destroys that one, and can still answer.
 */
export function acceptCompressedBodies(app: FastifyInstance, limits: Pick<ServerLimits, 'silenceMs'>): void {
  app.addHook('preParsing', async (request, _reply, payload) => {
    const unpacker = unpackerOf(request)
    return unpacker === null ? payload : unpack(payload, unpacker, limits)
  })
}

/** A body says by itself how much memory it takes to unpack: up to 8 MiB, what the highest common levels ask for. */
const SMALL_WINDOW = { params: { [constants.ZSTD_d_windowLogMax]: 23 } }

function unpackerOf({ headers }: FastifyRequest): Transform | null {
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
  switch (headers['content-encoding']) {
    case undefined:
    case 'identity':
      return hasBody ? new PassThrough() : null
    case 'gzip':
      return createGunzip()
    case 'zstd':
      return createZstdDecompress(SMALL_WINDOW)
    default:
      throw new BodyUnreadableError(415, 'MNK_ENCODING_UNKNOWN')
  }
}

function unpack(
  payload: Readable,
  unpacker: Transform,
  { silenceMs }: Pick<ServerLimits, 'silenceMs'>
): Readable & { receivedEncodedLength: number } {
  const unpacked = Object.assign(unpacker, { receivedEncodedLength: 0 })
  const timer = setTimeout(() => {
    // A sender who is held back is not silent.
    if (unpacker.writableNeedDrain || unpacker.readableLength > 0) timer.refresh()
    else unpacker.destroy(new BodyUnreadableError(408, 'MNK_BODY_TOO_SLOW'))
  }, silenceMs)
  payload.on('data', (chunk: Buffer) => {
    unpacked.receivedEncodedLength += chunk.length
    timer.refresh()
  })
  payload.once('error', (fault) => unpacker.destroy(fault))
  // Whoever reads the body meets its fault then. As long as nobody does, a fault that nobody heard would end the process.
  unpacker.on('error', () => undefined)
  payload.once('end', () => clearTimeout(timer))
  unpacker.once('close', () => {
    clearTimeout(timer)
    payload.unpipe(unpacker)
  })
  payload.pipe(unpacker)
  return unpacked
}
