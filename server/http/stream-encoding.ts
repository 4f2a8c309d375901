import { pipeline, Readable } from 'node:stream'
import { constants, createGzip, createZstdCompress } from 'node:zlib'

export type StreamEncoding = 'zstd' | 'gzip' | 'identity'

export interface StreamOptions {
  readonly acceptEncoding: string | string[] | undefined
  /** The source failed or the reader left before the end. */
  readonly onFault: (fault: Error) => void
  /** Each piece goes out at once and whole: the reader waits for it. */
  readonly isLive?: boolean
}

/** Pages of the source that may wait between it and a slow reader. */
const PAGES_AHEAD = 2

/**
 * Compresses the pieces of a source as the reader can take them. A fault of the source destroys the stream, so that the
 * reader sees it cut; a reader that leaves ends the source.
 */
export function compressedStream(
  source: AsyncGenerator<Uint8Array>,
  { acceptEncoding, onFault, isLive = false }: StreamOptions
): { encoding: StreamEncoding; stream: Readable } {
  const encoding = chooseEncoding(String(acceptEncoding ?? ''))
  const pages = Readable.from(source, { objectMode: true, highWaterMark: PAGES_AHEAD })
  const done = (fault: NodeJS.ErrnoException | null | undefined) => {
    if (fault && fault.code !== 'ERR_STREAM_PREMATURE_CLOSE') onFault(fault)
  }
  switch (encoding) {
    case 'zstd':
      return {
        encoding,
        stream: pipeline(pages, createZstdCompress(isLive ? { ...ZSTD, flush: constants.ZSTD_e_flush } : ZSTD), done)
      }
    case 'gzip':
      return {
        encoding,
        stream: pipeline(pages, createGzip({ level: 1, ...(isLive && { flush: constants.Z_SYNC_FLUSH }) }), done)
      }
    default:
      pages.once('error', done)
      return { encoding, stream: pages }
  }
}

/** Pieces that are packed already. */
export function plainStream(source: AsyncGenerator<Uint8Array>, onFault: (fault: Error) => void): Readable {
  const pieces = Readable.from(source, { objectMode: true, highWaterMark: PAGES_AHEAD })
  pieces.once('error', onFault)
  return pieces
}

const ZSTD = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

/** zstd before gzip; an encoding that is refused with q=0 is not used. */
export function chooseEncoding(acceptEncoding: string): StreamEncoding {
  const offers = acceptEncoding
    .toLowerCase()
    .split(',')
    .map((offer) => offer.trim().split(/\s*;\s*/))
  const isAccepted = (name: string) => offers.some(([offer, q]) => offer === name && !/^q=0(\.0*)?$/.test(q ?? ''))
  return isAccepted('zstd') ? 'zstd' : isAccepted('gzip') ? 'gzip' : 'identity'
}
