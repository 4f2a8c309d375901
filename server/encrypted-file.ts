import { openEncryptedPackage } from './keys/node-crypto.ts'

/** An encrypted Office file (MS-CFB) as a desk writes it, opened to look at the signature inside. */

const MAGIC = 'd0cf11e0a1b11ae1'
const SECTOR = 512
const MINI = 64
const ENTRY = 128
const [CHAIN_END, HEADER_FATS, MINI_CUTOFF] = [0xffff_fffe, 109, 4_096] as const

export const isEncryptedFile = (file: Buffer): boolean => file.subarray(0, 8).toString('hex') === MAGIC

/** null: another password, or no file of ours. */
export function openEncryptedFile(file: Buffer, password: string): Uint8Array | null {
  try {
    const streams = readStreams(file)
    const [info, stream] = [streams.get('EncryptionInfo'), streams.get('EncryptedPackage')]
    return info === undefined || stream === undefined ? null : openEncryptedPackage({ info, stream, password })
  } catch (error) {
    if (error instanceof RangeError) return null // a place beyond the end of the file
    throw error
  }
}

function readStreams(file: Buffer): Map<string, Buffer> {
  const sector = (no: number): Buffer => file.subarray((no + 1) * SECTOR, (no + 2) * SECTOR)
  const tables = fatSectors(file, sector)
  const next = (no: number): number => sector(tables[Math.floor(no / MINIS)] ?? -1).readUInt32LE((no % MINIS) * 4)
  const chained = (from: number): Buffer => {
    const parts: Buffer[] = []
    for (let no = from; no !== CHAIN_END; no = next(no)) {
      if (parts.length * SECTOR > file.length) throw new RangeError('sectors in a ring')
      parts.push(sector(no))
    }
    return Buffer.concat(parts)
  }
  const directory = chained(file.readUInt32LE(48))
  const [root, ...entries] = Array.from({ length: directory.length / ENTRY }, (_, no) => entryAt(directory, no))
  const small = root === undefined ? Buffer.alloc(0) : chained(root.at)
  // A short stream lies in small sectors that follow each other, as our files have them.
  return new Map(
    entries
      .filter(({ name }) => name !== '')
      .map(({ name, at, bytes }) => [
        name,
        bytes < MINI_CUTOFF ? small.subarray(at * MINI, at * MINI + bytes) : chained(at).subarray(0, bytes)
      ])
  )
}

const MINIS = SECTOR / 4

function fatSectors(file: Buffer, sector: (no: number) => Buffer): number[] {
  const count = file.readUInt32LE(44)
  const tables: number[] = []
  for (let no = 0; no < Math.min(count, HEADER_FATS); no++) tables.push(file.readUInt32LE(76 + no * 4))
  for (let no = file.readUInt32LE(68); no !== CHAIN_END && tables.length < count; ) {
    const more = sector(no)
    for (let entry = 0; entry < MINIS - 1 && tables.length < count; entry++) tables.push(more.readUInt32LE(entry * 4))
    no = more.readUInt32LE((MINIS - 1) * 4)
  }
  return tables
}

function entryAt(directory: Buffer, no: number): { name: string; at: number; bytes: number } {
  const entry = directory.subarray(no * ENTRY, (no + 1) * ENTRY)
  const nameBytes = Math.max(0, entry.readUInt16LE(64) - 2)
  return {
    name: entry.subarray(0, nameBytes).toString('utf16le'),
    at: entry.readUInt32LE(116),
    bytes: entry.readUInt32LE(120)
  }
}
