import { z } from 'zod'
import type { Cipher } from '#shared/cipher/cipher.ts'
import { type BoxKeys, KEY_AND_TICKET_BYTES, type SealedBoxes } from '#shared/cipher/sealed-box.ts'
import { type AnyCommand, anyCommandSchema } from '#shared/commands/any-command.ts'
import { isUnnumbered } from '#shared/commands/unnumbered.ts'
import type { RescueTerms } from './rescue-terms.ts'

/**
 * The rescue capsule: sealed copies of a PC's unsent commands, which travel as a file. One header line of JSON, then
 * records: length (4 bytes, big endian) ‖ format (1) ‖ sealed content (1: a command, 2: a number mark). The capsule's own
 * random key is wrapped several times, and any of the wraps is enough: under the PC's secret (`device`), under the
 * centre's share of it (`centre`), and to the centre's public key (`public`), together with the PC's ticket.
 */
const HEADER_FORMAT = 1
const COMMAND_FORMAT = 1
const MARK_FORMAT = 2
const LENGTH_BYTES = 4
const MOST_RECORD_BYTES = 4 * 1024 * 1024
const MOST_HEADER_BYTES = 16 * 1024

const wrapSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['device', 'centre']), sealed: z.base64() }),
  /** `to`: the public key, so that a PC can tell whether it is still the one it knows. */
  z.object({ kind: z.literal('public'), sealed: z.base64(), to: z.base64() })
])
export type CapsuleWrap = z.infer<typeof wrapSchema>

const headerSchema = z.object({
  format: z.literal(HEADER_FORMAT),
  storeId: z.uuid(),
  deviceId: z.uuid(),
  wraps: z.array(wrapSchema).max(8)
})
export type CapsuleHeader = z.infer<typeof headerSchema>

/** Remembers a number that was given out while the command that had it was sent long ago. */
const numberMarkSchema = z.object({ lastDeviceSeq: z.int().nonnegative() })
export type NumberMark = z.infer<typeof numberMarkSchema>

export interface ParsedCapsule {
  readonly header: CapsuleHeader
  readonly headerBytes: number
  readonly records: readonly Uint8Array[]
  /** Where the last whole record ends. */
  readonly wholeBytes: number
}

export const capsuleHeader = (parts: Omit<CapsuleHeader, 'format'>): string =>
  `${JSON.stringify({ format: HEADER_FORMAT, ...parts } satisfies CapsuleHeader)}\n`

/** null: no capsule. A record that is cut short is left out. */
export function parseCapsule(bytes: Uint8Array): ParsedCapsule | null {
  const lineEnd = bytes.subarray(0, MOST_HEADER_BYTES).indexOf(10)
  const header = lineEnd < 0 ? null : parseHeader(new TextDecoder().decode(bytes.subarray(0, lineEnd)))
  if (header === null) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const records: Uint8Array[] = []
  let at = lineEnd + 1
  while (at + LENGTH_BYTES <= bytes.length) {
    const length = view.getUint32(at)
    if (length < 1 || length > MOST_RECORD_BYTES || at + LENGTH_BYTES + length > bytes.length) break
    records.push(bytes.subarray(at + LENGTH_BYTES, at + LENGTH_BYTES + length))
    at += LENGTH_BYTES + length
  }
  return { header, headerBytes: lineEnd + 1, records, wholeBytes: at }
}

/** How many commands lie in it; needs no key. */
export const countCommands = ({ records }: ParsedCapsule): number =>
  records.filter((record) => record[0] !== MARK_FORMAT).length

export interface RescuedCommands {
  /** In the order of their making. */
  readonly commands: readonly AnyCommand[]
  readonly unreadable: number
  /** The highest number that the PC had given to a command, as far as the capsule knows. */
  readonly lastDeviceSeq: number
}

/** The commands of a capsule. Of two with one number the earlier was never committed: the later counts. */
export function readCommands(cipher: Cipher, key: Uint8Array, { header, records }: ParsedCapsule): RescuedCommands {
  const byNumber = new Map<number | string, AnyCommand>()
  let [unreadable, lastDeviceSeq] = [0, 0]
  for (const record of records) {
    const content = openRecord(cipher, { key, record, storeId: header.storeId })
    if (content === null) unreadable += 1
    else if ('lastDeviceSeq' in content) lastDeviceSeq = Math.max(lastDeviceSeq, content.lastDeviceSeq)
    else byNumber.set(isUnnumbered(content) ? content.id : content.deviceSeq, content)
  }
  const commands = [...byNumber.values()].sort((a, b) => a.deviceSeq - b.deviceSeq)
  return { commands, unreadable, lastDeviceSeq: Math.max(lastDeviceSeq, commands.at(-1)?.deviceSeq ?? 0) }
}

export function sealRecord(
  cipher: Cipher,
  job: { key: Uint8Array; content: AnyCommand | NumberMark; storeId: string }
): Uint8Array {
  const format = 'lastDeviceSeq' in job.content ? MARK_FORMAT : COMMAND_FORMAT
  const plain = new TextEncoder().encode(JSON.stringify(job.content))
  const sealed = cipher.seal(job.key, plain, recordContext(format, job.storeId))
  plain.fill(0)
  const record = new Uint8Array(LENGTH_BYTES + 1 + sealed.length)
  new DataView(record.buffer).setUint32(0, 1 + sealed.length)
  record[LENGTH_BYTES] = format
  record.set(sealed, LENGTH_BYTES + 1)
  return record
}

/** Seals the capsule's key to the centre; the ticket inside shows later that the PC itself did it. */
export function wrapForCentre(boxes: SealedBoxes, key: Uint8Array, rescue: RescueTerms): CapsuleWrap {
  const plain = new Uint8Array(KEY_AND_TICKET_BYTES)
  plain.set(key)
  plain.set(fromBase64(rescue.ticket), key.length)
  const sealed = toBase64(boxes.sealTo(fromBase64(rescue.publicKey), plain))
  plain.fill(0)
  return { kind: 'public', sealed, to: rescue.publicKey }
}

/** At the centre: the capsule's key and its ticket; null when nothing in it was sealed to this centre. */
export function unwrapAtCentre(
  boxes: SealedBoxes,
  keys: BoxKeys,
  { wraps }: CapsuleHeader
): { key: Uint8Array; ticket: Uint8Array } | null {
  for (const wrap of wraps) {
    const plain = wrap.kind === 'public' ? boxes.open(keys, fromBase64(wrap.sealed)) : null
    if (plain?.length === KEY_AND_TICKET_BYTES) {
      return { key: plain.slice(0, KEY_AND_TICKET_BYTES / 2), ticket: plain.slice(KEY_AND_TICKET_BYTES / 2) }
    }
  }
  return null
}

function openRecord(
  cipher: Cipher,
  job: { key: Uint8Array; record: Uint8Array; storeId: string }
): AnyCommand | NumberMark | null {
  const format = job.record[0]
  if (format !== COMMAND_FORMAT && format !== MARK_FORMAT) return null
  const plain = cipher.open(job.key, job.record.subarray(1), recordContext(format, job.storeId))
  if (plain === null) return null
  const schema = format === MARK_FORMAT ? numberMarkSchema : anyCommandSchema
  return schema.safeParse(parseJson(new TextDecoder().decode(plain))).data ?? null
}

const parseHeader = (line: string): CapsuleHeader | null => headerSchema.safeParse(parseJson(line)).data ?? null

/** undefined, which fits no schema: the text is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

const recordContext = (format: number, storeId: string): string => `mnk rescue record ${format} ${storeId}`
const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))
const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
