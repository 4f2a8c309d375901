import { SEGMENT_BYTES } from '#shared/cipher/encrypted-package.ts'
import { packageCipher } from '../keys/node-crypto.ts'
import type { PartFile } from './part-file.ts'

/**
 * An encrypted Office file: a compound file (MS-CFB, version 3) with the streams `EncryptedPackage` and `EncryptionInfo`.
 * The package goes to the file as it comes; what stands before it is written over at the end.
 */
export interface EncryptedFile {
  append(plain: Uint8Array): Promise<void>
  end(): Promise<void>
}

const SECTOR = 512
const MINI = 64
const [FREE, CHAIN_END, FAT, DIFAT] = [0xffff_ffff, 0xffff_fffe, 0xffff_fffd, 0xffff_fffc] as const
const ENTRIES = SECTOR / 4
/** Of the FAT, in the header. */
const HEADER_FATS = 109
/** A shorter stream would have to lie elsewhere. */
const LEAST_PACKAGE = 4_096
const LENGTH_BYTES = 8

export async function createEncryptedFile(file: PartFile, password: string): Promise<EncryptedFile> {
  const cipher = packageCipher(password)
  let [waiting, plainBytes] = [new Uint8Array(0), 0]
  await file.append(new Uint8Array(SECTOR + LENGTH_BYTES))
  return {
    append: async (plain) => {
      plainBytes += plain.length
      const ready = Buffer.concat([waiting, plain])
      const whole = ready.length - (ready.length % SEGMENT_BYTES)
      const segments: Uint8Array[] = []
      for (let at = 0; at < whole; at += SEGMENT_BYTES) {
        segments.push(cipher.segment(ready.subarray(at, at + SEGMENT_BYTES)))
      }
      if (segments.length > 0) await file.append(Buffer.concat(segments))
      waiting = new Uint8Array(ready.subarray(whole))
    },
    end: async () => {
      if (waiting.length > 0) await file.append(cipher.segment(waiting))
      const length = Buffer.alloc(LENGTH_BYTES)
      length.writeBigUInt64LE(BigInt(plainBytes))
      await file.overwrite(SECTOR, length)
      for await (const piece of file.read(SECTOR)) cipher.mac(piece)
      const packageBytes = file.size() - SECTOR
      if (packageBytes < LEAST_PACKAGE) throw new RangeError('no workbook is as short as that')
      await file.append(new Uint8Array(-packageBytes & (SECTOR - 1)))
      await writeDirectory(file, { packageBytes, info: cipher.info() })
    }
  }
}

const sectorsOf = (bytes: number): number => Math.ceil(bytes / SECTOR)

/** Behind the package: `EncryptionInfo` in small sectors, their table, the directory, the tables of all sectors. */
async function writeDirectory(
  file: PartFile,
  { packageBytes, info }: { readonly packageBytes: number; readonly info: Uint8Array }
): Promise<void> {
  const at = { info: sectorsOf(packageBytes), miniTable: 0, directory: 0, fat: 0, difat: 0 }
  const miniSectors = Math.ceil(info.length / MINI)
  at.miniTable = at.info + sectorsOf(miniSectors * MINI)
  at.directory = at.miniTable + 1
  at.fat = at.directory + 1
  const { fats, difats } = tableSizes(at.fat)
  at.difat = at.fat + fats
  const table = new Table((fats * ENTRIES) | 0)
  table.chain(0, at.info)
  table.chain(at.info, at.miniTable)
  table.chain(at.miniTable, at.directory)
  table.chain(at.directory, at.fat)
  table.fill(at.fat, fats, FAT)
  table.fill(at.difat, difats, DIFAT)
  const mini = new Table(ENTRIES)
  mini.chain(0, miniSectors)
  await file.append(padTo(info, sectorsOf(miniSectors * MINI) * SECTOR))
  await file.append(mini.bytes)
  await file.append(directory({ packageBytes, info: { at: at.info, bytes: info.length, minis: miniSectors } }))
  await file.append(table.bytes)
  await file.append(difatSectors({ ...at, fats, difats }))
  await file.overwrite(0, header({ ...at, fats, difats }))
}

/** The tables are sectors themselves, which they count too. */
function tableSizes(others: number): { fats: number; difats: number } {
  for (let fats = 1; ; fats++) {
    const difats = Math.ceil(Math.max(0, fats - HEADER_FATS) / (ENTRIES - 1))
    const needed = Math.ceil((others + fats + difats) / ENTRIES)
    if (needed <= fats) return { fats, difats }
    fats = needed - 1
  }
}

class Table {
  readonly bytes: Buffer
  constructor(entries: number) {
    this.bytes = Buffer.alloc(entries * 4, 0xff)
  }
  /** The sectors from one until before another follow each other. */
  chain(from: number, to: number): void {
    for (let no = from; no < to; no++) this.bytes.writeUInt32LE(no + 1 < to ? no + 1 : CHAIN_END, no * 4)
  }
  fill(from: number, count: number, value: number): void {
    for (let no = from; no < from + count; no++) this.bytes.writeUInt32LE(value, no * 4)
  }
}

interface Places {
  readonly miniTable: number
  readonly directory: number
  readonly fat: number
  readonly fats: number
  readonly difat: number
  readonly difats: number
}

function header({ miniTable, directory, fat, fats, difat, difats }: Places): Buffer {
  const bytes = Buffer.alloc(SECTOR)
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(bytes)
  for (const [at, value] of [
    [24, 0x3e],
    [26, 3],
    [28, 0xfffe],
    [30, 9],
    [32, 6]
  ] as const)
    bytes.writeUInt16LE(value, at)
  bytes.writeUInt32LE(fats, 44)
  bytes.writeUInt32LE(directory, 48)
  bytes.writeUInt32LE(LEAST_PACKAGE, 56)
  bytes.writeUInt32LE(miniTable, 60)
  bytes.writeUInt32LE(1, 64)
  bytes.writeUInt32LE(difats === 0 ? CHAIN_END : difat, 68)
  bytes.writeUInt32LE(difats, 72)
  for (let no = 0; no < HEADER_FATS; no++) bytes.writeUInt32LE(no < fats ? fat + no : FREE, 76 + no * 4)
  return bytes
}

function difatSectors({ fat, fats, difat, difats }: Places): Buffer {
  const bytes = Buffer.alloc(difats * SECTOR, 0xff)
  for (let no = 0; no < difats; no++) {
    for (let entry = 0; entry < ENTRIES - 1; entry++) {
      const index = HEADER_FATS + no * (ENTRIES - 1) + entry
      if (index < fats) bytes.writeUInt32LE(fat + index, no * SECTOR + entry * 4)
    }
    bytes.writeUInt32LE(no + 1 < difats ? difat + no + 1 : CHAIN_END, no * SECTOR + (ENTRIES - 1) * 4)
  }
  return bytes
}

interface Streams {
  readonly packageBytes: number
  readonly info: { readonly at: number; readonly bytes: number; readonly minis: number }
}

function directory({ packageBytes, info }: Streams): Buffer {
  return Buffer.concat([
    entry({ name: 'Root Entry', kind: 5, child: 1, at: info.at, bytes: info.minis * MINI }),
    entry({ name: 'EncryptedPackage', kind: 2, left: 2, at: 0, bytes: packageBytes }),
    entry({ name: 'EncryptionInfo', kind: 2, at: 0, bytes: info.bytes }),
    entry({ name: '', kind: 0, at: 0, bytes: 0 })
  ])
}

interface DirectoryEntry {
  readonly name: string
  readonly kind: number
  readonly left?: number
  readonly child?: number
  readonly at: number
  readonly bytes: number
}

function entry({ name, kind, left = FREE, child = FREE, at, bytes: size }: DirectoryEntry): Buffer {
  const bytes = Buffer.alloc(128)
  bytes.write(name, 'utf16le')
  bytes.writeUInt16LE(name === '' ? 0 : (name.length + 1) * 2, 64)
  bytes.writeUInt8(kind, 66)
  bytes.writeUInt8(1, 67)
  bytes.writeUInt32LE(left, 68)
  bytes.writeUInt32LE(FREE, 72)
  bytes.writeUInt32LE(child, 76)
  bytes.writeUInt32LE(at, 116)
  bytes.writeUInt32LE(size, 120)
  return bytes
}

const padTo = (bytes: Uint8Array, length: number): Buffer => {
  const whole = Buffer.alloc(length)
  whole.set(bytes)
  return whole
}
