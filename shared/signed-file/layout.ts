import { z } from 'zod'
import { canonicalText } from '#shared/domain/access-log/canonical-text.ts'
import { type Statement, statementSchema } from './statement.ts'

/**
 * Where the signature stands in a file: in one line at its very end, which PDF takes for a comment and ZIP (so XLSX) for
 * the comment of the archive. A trailer has as many bytes before it is signed as after, so that a ZIP can say so in the
 * bytes that are signed.
 */

export type FileFormat = 'pdf' | 'zip'

const MARK = '%mnk-signed '
const SIGNATURE_CHARS = 88
/** Readers look for the end of a PDF in the last 1024 bytes. */
const MOST_TRAILER_BYTES = 900
/** So many bytes of a file's end hold its trailer and what shows that nothing else stands before it. */
export const TAIL_BYTES = 2048

const trailerSchema = statementSchema.extend({ signature: z.base64().length(SIGNATURE_CHARS) })
export type Trailer = z.infer<typeof trailerSchema>

/** `signature`: Ed25519, base64. */
export function trailerLine(statement: Statement, signature: string): Uint8Array {
  return new TextEncoder().encode(`${MARK}${canonicalText({ ...statement, signature })}\n`)
}

export function trailerLength(about: Omit<Statement, 'sha256' | 'key'>): number {
  const blank = '0'.repeat(64)
  return trailerLine({ ...about, sha256: blank, key: blank }, 'A'.repeat(SIGNATURE_CHARS)).length
}

const PDF_END = latin('%%EOF\n')
const ZIP_END = latin('PK\u0005\u0006')
/** Record of the end of a ZIP without its comment; its last two bytes are the comment's length. */
const ZIP_END_BYTES = 22

/** The end of a file as it is before a trailer of so many bytes; null: it is no end of a file of this format. */
export function readyForTrailer(format: FileFormat, end: Uint8Array, length: number): Uint8Array | null {
  if (format === 'pdf') {
    const whole = end.at(-1) === PDF_END.at(-1) ? end : joined(end, latin('\n'))
    return endsWith(whole, PDF_END) ? whole : null
  }
  if (!isZipEnd(end, 0)) return null
  return joined(end.subarray(0, -2), Uint8Array.of(length & 255, length >> 8))
}

export interface FoundTrailer {
  readonly format: FileFormat
  readonly trailer: Trailer
  /** In bytes; everything of the file before is signed. */
  readonly length: number
}

/**
 * The trailer in the last `TAIL_BYTES` of a file. null: there is none, something stands after it, it stands in no place
 * that `readyForTrailer` makes, another one stands before it, or it is not written as `trailerLine` writes.
 */
export function findTrailer(tail: Uint8Array): FoundTrailer | null {
  const at = lastIndexOf(tail, latin(MARK))
  if (at < 0) return null
  const [before, line] = [tail.subarray(0, at), tail.subarray(at)]
  const format = endsWith(before, PDF_END) ? 'pdf' : isZipEnd(before, line.length) ? 'zip' : null
  const trailer = readTrailer(line)
  if (format === null || trailer === null || line.length > MOST_TRAILER_BYTES) return null
  return { format, trailer, length: line.length }
}

function readTrailer(line: Uint8Array): Trailer | null {
  const text = new TextDecoder().decode(line.subarray(MARK.length))
  try {
    const trailer = trailerSchema.safeParse(JSON.parse(text)).data
    return trailer !== undefined && `${canonicalText(trailer)}\n` === text ? trailer : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function isZipEnd(end: Uint8Array, commentBytes: number): boolean {
  const record = end.subarray(-ZIP_END_BYTES)
  const isRecord = record.length === ZIP_END_BYTES && lastIndexOf(record, ZIP_END) === 0
  return isRecord && record[20] === (commentBytes & 255) && record[21] === commentBytes >> 8
}

function latin(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0))
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const whole = new Uint8Array(one.length + other.length)
  whole.set(one)
  whole.set(other, one.length)
  return whole
}

const endsWith = (bytes: Uint8Array, end: Uint8Array): boolean =>
  bytes.length >= end.length && end.every((byte, at) => bytes[bytes.length - end.length + at] === byte)

function lastIndexOf(bytes: Uint8Array, wanted: Uint8Array): number {
  for (let at = bytes.length - wanted.length; at >= 0; at--) {
    if (wanted.every((byte, offset) => bytes[at + offset] === byte)) return at
  }
  return -1
}
