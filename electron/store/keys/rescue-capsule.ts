import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'
import { z } from 'zod'
import { type Command, commandSchema } from '#shared/commands/command.ts'
import { writeFileAtomically } from './atomic-file.ts'
import { nodeCipher } from './node-crypto.ts'

/**
 * Sealed copies of the unsent commands, in a file beside the store: what was typed survives a store that cannot be
 * opened any more. The capsule's own random key is wrapped twice, so that either is enough: under this PC's secret, and
 * under the share that the centre hands out at sign-in (it is never kept on the PC, and outlives a lost OS vault).
 *
 * File: one header line of JSON, then records: length (4 bytes, big endian) ‖ record format (1) ‖ sealed content (1: a command, 2: a
 * number mark).
 */
export interface RescueCapsule {
  /** Adds a command. Call it as the last step inside the command's transaction. A disk that is full throws. */
  append(command: Command): void
  /** Empties the capsule: nothing waits in the outbox any more. */
  clear(): void
  /** Adds what is missing, where a crash or damage let the capsule fall behind the store. */
  fillUp(held: { commands: readonly Command[]; lastDeviceSeq: number }): void
  /** Closes the file and wipes the key. */
  close(): void
}

/** What opens a capsule: this PC's secret or the centre's share. */
export type CapsuleOpener =
  | { readonly kind: 'device'; readonly secret: Uint8Array }
  | { readonly kind: 'centre'; readonly secret: Uint8Array }

const HEADER_FORMAT = 1
const COMMAND_FORMAT = 1
const MARK_FORMAT = 2
const LENGTH_BYTES = 4
const MOST_RECORD_BYTES = 4 * 1024 * 1024

const headerSchema = z.object({
  format: z.literal(HEADER_FORMAT),
  storeId: z.uuid(),
  deviceId: z.uuid(),
  wraps: z.array(z.object({ kind: z.enum(['device', 'centre']), sealed: z.base64() }))
})
/** Remembers a number that was given out while the command that had it was sent long ago. */
const numberMarkSchema = z.object({ lastDeviceSeq: z.int().nonnegative() })
type NumberMark = z.infer<typeof numberMarkSchema>
type Header = z.infer<typeof headerSchema>

export function createRescueCapsule(options: {
  file: string
  storeId: string
  deviceId: string
  openers: readonly CapsuleOpener[]
}): void {
  const { storeId, deviceId } = options
  const key = nodeCipher.randomBytes(32)
  const wraps = options.openers.map((opener) => ({
    kind: opener.kind,
    sealed: toBase64(nodeCipher.seal(wrapKey(opener, storeId), key, wrapContext(opener, storeId)))
  }))
  key.fill(0)
  writeFileAtomically(
    options.file,
    `${JSON.stringify({ format: HEADER_FORMAT, storeId, deviceId, wraps } satisfies Header)}\n`
  )
}

/** null: there is no capsule, or it does not open this way. A record that a crash cut short is dropped. */
export function openRescueCapsule(options: { file: string; opener: CapsuleOpener }): RescueCapsule | null {
  const parsed = parseCapsule(options.file)
  const key = parsed === null ? null : capsuleKey(parsed.header, options.opener)
  if (parsed === null || key === null) return null
  const { header, headerBytes, wholeBytes } = parsed
  const file = openSync(options.file, 'r+')
  ftruncateSync(file, wholeBytes)
  let end = wholeBytes
  const add = (content: Command | NumberMark): void => {
    const record = sealRecord({ key, content, storeId: header.storeId })
    writeWhole(file, record, end)
    end += record.length
  }
  return {
    append: add,
    fillUp: ({ commands, lastDeviceSeq }) => {
      const known = readWith(key, parseCapsule(options.file) ?? parsed)
      const numbers = new Set(known.commands.map(({ deviceSeq }) => deviceSeq))
      const missing = commands.filter(({ deviceSeq }) => !numbers.has(deviceSeq))
      for (const command of missing) add(command)
      const reached = Math.max(known.lastDeviceSeq, ...missing.map(({ deviceSeq }) => deviceSeq))
      if (lastDeviceSeq > reached && known.commands.length + missing.length > 0) add({ lastDeviceSeq })
    },
    clear: () => {
      if (end === headerBytes) return
      ftruncateSync(file, headerBytes)
      fsyncSync(file)
      end = headerBytes
    },
    close: () => {
      closeSync(file)
      key.fill(0)
    }
  }
}

/** What a capsule says without a key: whose it is and how many commands lie in it. null: no capsule. */
export function peekRescueCapsule(file: string): { storeId: string; deviceId: string; commands: number } | null {
  const parsed = parseCapsule(file)
  if (parsed === null) return null
  const commands = parsed.records.filter((record) => record[0] !== MARK_FORMAT).length
  return { storeId: parsed.header.storeId, deviceId: parsed.header.deviceId, commands }
}

export interface RescuedCommands {
  /** In the order of their making. */
  readonly commands: readonly Command[]
  readonly unreadable: number
  /** The highest number that the PC had given to a command, as far as the capsule knows. */
  readonly lastDeviceSeq: number
}

/** The commands of a capsule. Of two with one number the earlier was never committed: the later counts. */
export function readRescueCapsule(options: { file: string; opener: CapsuleOpener }): RescuedCommands {
  const parsed = parseCapsule(options.file)
  if (parsed === null) return { commands: [], unreadable: 0, lastDeviceSeq: 0 }
  const key = capsuleKey(parsed.header, options.opener)
  if (key === null) return { commands: [], unreadable: parsed.records.length, lastDeviceSeq: 0 }
  const read = readWith(key, parsed)
  key.fill(0)
  return read
}

function readWith(key: Uint8Array, { header, records }: ParsedCapsule): RescuedCommands {
  const byNumber = new Map<number, Command>()
  let [unreadable, lastDeviceSeq] = [0, 0]
  for (const record of records) {
    const content = openRecord({ key, record, storeId: header.storeId })
    if (content === null) unreadable += 1
    else if ('lastDeviceSeq' in content) lastDeviceSeq = Math.max(lastDeviceSeq, content.lastDeviceSeq)
    else byNumber.set(content.deviceSeq, content)
  }
  const commands = [...byNumber.values()].sort((a, b) => a.deviceSeq - b.deviceSeq)
  return { commands, unreadable, lastDeviceSeq: Math.max(lastDeviceSeq, commands.at(-1)?.deviceSeq ?? 0) }
}

function writeWhole(file: number, record: Uint8Array, at: number): void {
  try {
    let written = 0
    while (written < record.length) {
      written += writeSync(file, record, written, record.length - written, at + written)
    }
    fsyncSync(file)
  } catch (error) {
    ftruncateSync(file, at)
    throw error
  }
}

function sealRecord(job: { key: Uint8Array; content: Command | NumberMark; storeId: string }): Uint8Array {
  const format = 'lastDeviceSeq' in job.content ? MARK_FORMAT : COMMAND_FORMAT
  const plain = Buffer.from(JSON.stringify(job.content), 'utf8')
  const sealed = nodeCipher.seal(job.key, plain, recordContext(format, job.storeId))
  plain.fill(0)
  const record = Buffer.alloc(LENGTH_BYTES + 1 + sealed.length)
  record.writeUInt32BE(1 + sealed.length, 0)
  record.writeUInt8(format, LENGTH_BYTES)
  record.set(sealed, LENGTH_BYTES + 1)
  return record
}

function openRecord(job: { key: Uint8Array; record: Uint8Array; storeId: string }): Command | NumberMark | null {
  const format = job.record[0]
  if (format !== COMMAND_FORMAT && format !== MARK_FORMAT) return null
  const plain = nodeCipher.open(job.key, job.record.subarray(1), recordContext(format, job.storeId))
  if (plain === null) return null
  const schema = format === MARK_FORMAT ? numberMarkSchema : commandSchema
  return schema.safeParse(JSON.parse(Buffer.from(plain).toString('utf8'))).data ?? null
}

interface ParsedCapsule {
  readonly header: Header
  readonly headerBytes: number
  readonly records: readonly Uint8Array[]
  /** Where the last whole record ends. */
  readonly wholeBytes: number
}

function parseCapsule(path: string): ParsedCapsule | null {
  if (!existsSync(path)) return null
  const bytes = readFileSync(path)
  const lineEnd = bytes.indexOf('\n')
  const header = lineEnd < 0 ? null : parseHeader(bytes.subarray(0, lineEnd).toString('utf8'))
  if (header === null) return null
  const headerBytes = lineEnd + 1
  const records: Uint8Array[] = []
  let at = headerBytes
  while (at + LENGTH_BYTES <= bytes.length) {
    const length = bytes.readUInt32BE(at)
    if (length < 1 || length > MOST_RECORD_BYTES || at + LENGTH_BYTES + length > bytes.length) break
    records.push(bytes.subarray(at + LENGTH_BYTES, at + LENGTH_BYTES + length))
    at += LENGTH_BYTES + length
  }
  return { header, headerBytes, records, wholeBytes: at }
}

function parseHeader(line: string): Header | null {
  try {
    return headerSchema.safeParse(JSON.parse(line)).data ?? null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function capsuleKey(header: Header, opener: CapsuleOpener): Uint8Array | null {
  const wrap = header.wraps.find(({ kind }) => kind === opener.kind)
  if (wrap === undefined) return null
  return nodeCipher.open(
    wrapKey(opener, header.storeId),
    Buffer.from(wrap.sealed, 'base64'),
    wrapContext(opener, header.storeId)
  )
}

const wrapKey = (opener: CapsuleOpener, storeId: string): Uint8Array =>
  nodeCipher.deriveKey([opener.secret], `mnk rescue wrap 1 ${opener.kind} ${storeId}`)
const wrapContext = (opener: CapsuleOpener, storeId: string): string => `mnk rescue key 1 ${opener.kind} ${storeId}`
const recordContext = (format: number, storeId: string): string => `mnk rescue record ${format} ${storeId}`
const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
