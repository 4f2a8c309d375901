import { once } from 'node:events'
import { crc32, createDeflateRaw } from 'node:zlib'

/** A ZIP archive that is written from its beginning to its end, in little memory: sizes stand behind each entry. */

export type Write = (bytes: Uint8Array) => Promise<void>

type Pieces = AsyncIterable<string> | Iterable<string>

export interface ZipStream {
  /** Writes an entry; its text comes piece by piece. */
  add(name: string, pieces: Pieces): Promise<void>
  /** The same of a short text, which is not packed. */
  addPlain(name: string, text: string): Promise<void>
  /** The directory. A comment of so many bytes is to follow. */
  end(commentBytes: number): Promise<void>
}

/** An archive in the format that every reader knows (no ZIP64) has no entry and no place beyond this. */
const MOST_BYTES = 0xffff_ffff

/** Raised by what would make a file that no reader opens; a report has fewer rows than that. */
export class ArchiveTooLargeError extends Error {
  override readonly name = 'ArchiveTooLargeError'
}

interface Entry {
  readonly name: Buffer
  readonly at: number
  readonly crc: number
  readonly packed: number
  readonly size: number
}

/** Sizes follow the data, and names are UTF-8. */
const FLAGS = 0x0808
const DEFLATED = 8
const VERSION = 20
/** 1980-01-01: when it was made stands in the report. */
const DOS_DATE = 0x21
/** XML packs well enough: more takes twice the time for a tenth of the bytes. */
const LEVEL = 3

export function createZipStream(write: Write): ZipStream {
  const entries: Entry[] = []
  let at = 0
  const put = async (bytes: Uint8Array): Promise<void> => {
    at += bytes.length
    if (at > MOST_BYTES) throw new ArchiveTooLargeError()
    await write(bytes)
  }
  const add = async (name: string, pieces: Pieces, level: number): Promise<void> => {
    const begin = { name: Buffer.from(name), at }
    await put(localHead(begin.name))
    const entry = { ...begin, ...(await deflate(pieces, level, put)) }
    entries.push(entry)
    await put(words(0x08074b50, entry.crc, entry.packed, entry.size))
  }
  return {
    add: (name, pieces) => add(name, pieces, LEVEL),
    addPlain: (name, text) => add(name, [text], 0),
    end: async (commentBytes) => {
      const directoryAt = at
      for (const entry of entries) await put(directoryLine(entry))
      const count = half(entries.length)
      await put(
        Buffer.concat([
          ...[words(0x06054b50), half(0), half(0), count, count],
          ...[words(at - directoryAt, directoryAt), half(commentBytes)]
        ])
      )
    }
  }
}

async function deflate(pieces: Pieces, level: number, put: Write): Promise<Pick<Entry, 'crc' | 'packed' | 'size'>> {
  const packer = createDeflateRaw({ level })
  let [crc, size, packed] = [0, 0, 0]
  const packing = (async () => {
    for await (const bytes of packer as AsyncIterable<Buffer>) {
      packed += bytes.length
      await put(bytes)
    }
  })()
  packing.catch(() => packer.destroy()) // whoever writes on sees it where it is awaited
  try {
    for await (const piece of pieces) {
      const bytes = Buffer.from(piece)
      crc = crc32(bytes, crc)
      size += bytes.length
      if (size > MOST_BYTES) throw new ArchiveTooLargeError()
      if (!packer.write(bytes) && !packer.destroyed) await Promise.race([once(packer, 'drain'), packing])
    }
    packer.end()
  } catch (fault) {
    packer.destroy()
    await packing.catch(() => undefined)
    throw fault
  }
  await packing
  return { crc, packed, size }
}

const localHead = (name: Buffer): Buffer =>
  Buffer.concat([
    ...[words(0x04034b50), half(VERSION), half(FLAGS), half(DEFLATED), half(0), half(DOS_DATE)],
    ...[words(0, 0, 0), half(name.length), half(0), name]
  ])

const directoryLine = ({ name, at, crc, packed, size }: Entry): Buffer =>
  Buffer.concat([
    ...[words(0x02014b50), half(VERSION), half(VERSION), half(FLAGS), half(DEFLATED), half(0), half(DOS_DATE)],
    ...[words(crc, packed, size), half(name.length), half(0), half(0), half(0), half(0)],
    ...[words(0, at), name]
  ])

function words(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value, index * 4)
  return bytes
}

function half(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}
