import { parentPort } from 'node:worker_threads'
import { constants, gzipSync, zstdCompressSync } from 'node:zlib'
import type { CaseRecord } from '#shared/domain/case/case.ts'
import { writeCasePage } from '#shared/store-format/case-page.ts'
import { readPullLine } from '#shared/sync-protocol/read-pull-line.ts'
import type { FromPacker, ToPacker } from './page-messages.ts'

/** A thread of its own: a page is forty milliseconds of work, during which nobody else would be answered. */

const ZSTD = { params: { [constants.ZSTD_c_compressionLevel]: 3 } }
const decoder = new TextDecoder()

/** Checks every record as a desk does that reads the lines; null: one of them does not fit. */
function packed({ cursor, lines }: ToPacker): Uint8Array | null {
  const records: CaseRecord[] = []
  const others: string[] = []
  for (const text of decoder.decode(lines).split('\n')) {
    if (text === '') continue
    const line = readPullLine(text)
    if (line === null) return null
    if (line.type === 'case') records.push(line.record)
    else others.push(text)
  }
  return writeCasePage({ cursor, records, others: others.join('\n') })
}

parentPort?.on('message', (message: ToPacker) => {
  const page = packed(message)
  const plain = page ?? message.lines
  const bytes = message.encoding === 'zstd' ? zstdCompressSync(plain, ZSTD) : gzipSync(plain, { level: 1 })
  parentPort?.postMessage({ no: message.no, kind: page === null ? 'lines' : 'page', bytes } satisfies FromPacker)
})
