import { parentPort, workerData } from 'node:worker_threads'
import { constants, gzipSync, zstdCompressSync } from 'node:zlib'
import { PAGE_BYTES } from '#shared/cipher/sqlcipher-sizes.ts'
import { assertNever } from '#shared/foundation/assert-never.ts'
import { createCaseLoader } from '#shared/store-format/case-loader.ts'
import { createPostingBuilder } from '#shared/store-format/postings/posting-builder.ts'
import { type CaseLine, readPullLine } from '#shared/sync-protocol/read-pull-line.ts'
import { PAGES_A_CHUNK } from '#shared/sync-protocol/snapshot.ts'
import { openImageDb } from './image-db.ts'
import type { FromImage, ImageOrder, ToImage } from './image-messages.ts'

/** A thread of its own: making an image is seconds of work, and its memory goes when it ends. */

const MOST_POSTING_BYTES = 160 * 1024 * 1024
/** Made once, fetched by every PC of the office: a tenth fewer bytes than level 3 for 3 s more a hundred thousand cases. */
const ZSTD = { params: { [constants.ZSTD_c_compressionLevel]: 9 } }

function createImage() {
  const db = openImageDb()
  const loader = createCaseLoader(db.tx)
  const postings = createPostingBuilder(db.tx, MOST_POSTING_BYTES)
  const flush = (): void => {
    while (postings.write(db.tx, Number.POSITIVE_INFINITY));
  }
  let cases = 0
  const add = ({ record }: CaseLine): boolean => {
    const loaded = loader.add(record)
    if (loaded === null) return false
    cases += 1
    postings.add(loaded.no, loaded.searchable)
    if (postings.isFull()) flush()
    return true
  }
  return {
    add,
    cases: () => cases,
    finish: () => {
      loader.finish()
      flush()
      return db.finish()
    }
  }
}

const { encoding } = workerData as ImageOrder
const compress = (bytes: Uint8Array): Uint8Array =>
  encoding === 'zstd' ? zstdCompressSync(bytes, ZSTD) : gzipSync(bytes, { level: 1 })

const image = createImage()
const decoder = new TextDecoder()
let cursor: number | null = null
let isFit = true
let file: Uint8Array = new Uint8Array()
let sent = 0

function take(lines: Uint8Array): void {
  for (const text of decoder.decode(lines).split('\n')) {
    if (text === '' || !isFit) continue
    const line = readPullLine(text)
    if (line === null || line.type === 'unreadable') isFit = false
    else if (line.type === 'case') isFit = image.add(line)
    else if (line.type === 'end') cursor = line.cursor
  }
}

function nextPart(): FromImage {
  if (sent >= file.length) return { type: 'end' }
  const part = file.subarray(sent, sent + PAGES_A_CHUNK * PAGE_BYTES)
  sent += part.length
  return { type: 'part', bytes: compress(part) }
}

function answer(message: ToImage): FromImage {
  switch (message.type) {
    case 'lines':
      take(message.bytes)
      return isFit ? { type: 'taken' } : { type: 'unfit' }
    case 'finish':
      if (cursor === null) return { type: 'unfit' }
      file = image.finish()
      return { type: 'made', cases: image.cases(), cursor }
    case 'next':
      return nextPart()
    default:
      return assertNever(message)
  }
}

parentPort?.on('message', (message: ToImage) => parentPort?.postMessage(answer(message)))
