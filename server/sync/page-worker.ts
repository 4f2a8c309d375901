import { parentPort } from 'node:worker_threads'
import { constants, gzipSync, zstdCompressSync } from 'node:zlib'
import type { CaseRecord } from '#shared/domain/case/case.ts'
import { writeCasePage } from '#shared/store-format/case-page.ts'
import { readPullLine } from '#shared/sync-protocol/read-pull-line.ts'
import type { FromPacker, ToPacker } from './page-messages.ts'

/** A thread of its own: a page is forty milliseconds of work, during which nobody else would be answered. */

const ZSTD = { params: { [constants.ZSTD_c_compressionLevel]: 3 } }

/**
 * Checks every record as a desk does that reads the lines, and packs it before the next one is read; null: one of them
 * does not fit.
 */
function packed({ cursor, lines }: ToPacker): Uint8Array | null {
  const others: string[] = []
  let doFit = true
  function* records(): Generator<CaseRecord> {
    for (const text of textsOf(lines)) {
      const line = readPullLine(text)
      if (line === null) {
        doFit = false
        return
      }
      if (line.type === 'case') yield line.record
      else others.push(text)
    }
  }
  const page = writeCasePage({ cursor, records: records(), others: () => others.join('\n') })
  return doFit ? page : null
}

const NEW_LINE = 0x0a

function* textsOf(lines: Uint8Array): Generator<string> {
  const bytes = Buffer.from(lines.buffer, lines.byteOffset, lines.length)
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(NEW_LINE, from)
    const to = end < 0 ? bytes.length : end
    if (to > from) yield bytes.toString('utf8', from, to)
    from = to + 1
  }
}

parentPort?.on('message', (message: ToPacker) => {
  const page = packed(message)
  const plain = page ?? message.lines
  const bytes = message.encoding === 'zstd' ? zstdCompressSync(plain, ZSTD) : gzipSync(plain, { level: 1 })
  parentPort?.postMessage({ no: message.no, kind: page === null ? 'lines' : 'page', bytes } satisfies FromPacker)
})
