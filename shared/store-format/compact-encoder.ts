import {
  AS,
  DAY_ZERO,
  DIGIT_BYTES,
  LARGE,
  LONGEST_DIGITS,
  MOST_DAYS,
  NEAR,
  SMALL,
  UUID_BYTES
} from './compact-marks.ts'
import { dayOfDate } from './packed-instant.ts'
import { isLowerUuid, uuidToBlob } from './uuid-blob.ts'

/** Where values are put together: one at a time, so one room is enough. */
let room = new Uint8Array(1 << 14)

const utf8 = new TextEncoder()
const [ZERO, NINE] = [0x30, 0x39]
const WORD_BYTES = 4
const WORD = 2 ** 32

/** Writes one value. */
export class Encoder {
  private at = 0
  /** The last large number. */
  private above = 0
  private knownCount = 0
  private readonly known = new Map<string, number>()
  private readonly words: ReadonlyMap<string, number>

  constructor(words: ReadonlyMap<string, number>, known: readonly string[]) {
    this.words = words
    for (const text of known) {
      if (!this.known.has(text)) this.known.set(text, this.knownCount)
      this.knownCount += 1 // reading counts alike: a text that is known already takes a number all the same
    }
  }

  bytes(): Uint8Array {
    return room.slice(0, this.at)
  }

  value(value: unknown): void {
    if (typeof value === 'string') this.text(value)
    else if (value === null || value === undefined) this.byte(AS.null)
    else if (typeof value === 'number') this.number(value)
    else if (typeof value === 'boolean') this.byte(value ? AS.true : AS.false)
    else if (Array.isArray(value)) this.list(value)
    else this.object(value)
  }

  private list(list: readonly unknown[]): void {
    if (list.length < SMALL) this.byte(AS.shortList + list.length)
    else this.marked(AS.list, list.length)
    for (const one of list) this.value(one)
  }

  private object(object: object): void {
    const entries = Object.entries(object).filter(([, value]) => value !== undefined)
    this.marked(AS.object, entries.length)
    for (const [name, value] of entries) {
      this.text(name)
      this.value(value)
    }
  }

  private number(value: number): void {
    if (!Number.isSafeInteger(value)) this.json(value)
    else if (value >= LARGE) this.large(value)
    else if (value >= SMALL) this.marked(AS.count, value)
    else if (value >= 0) this.byte(AS.smallCount + value)
    else this.marked(AS.below, -1 - value)
  }

  private json(value: number): void {
    const text = JSON.stringify(value)
    this.marked(AS.json, text.length)
    this.ascii(text)
  }

  private large(value: number): void {
    const step = value - this.above
    this.above = value
    if (step >= 0 && step < WORD) {
      this.byte(AS.later)
      this.fixed(step, 4)
    } else {
      this.byte(AS.apart)
      this.byte(step < 0 ? 1 : 0)
      this.sevenBits(Math.abs(step))
    }
  }

  private text(text: string): void {
    const word = this.words.get(text)
    if (word !== undefined) {
      this.byte(AS.word + word)
      return
    }
    const known = this.known.get(text)
    if (known === undefined) this.newText(text)
    else if (known < NEAR) this.byte(AS.nearKnown + known)
    else this.marked(AS.known, known)
  }

  private newText(text: string): void {
    if (!(this.digits(text) || this.day(text) || this.uuid(text) || this.address(text))) this.letters(text)
    this.known.set(text, this.knownCount++)
  }

  private digits(text: string): boolean {
    const { length } = text
    if (length === 0 || length > LONGEST_DIGITS) return false
    let value = 0
    for (let at = 0; at < length; at++) {
      const code = text.charCodeAt(at)
      if (code < ZERO || code > NINE) return false
      value = value * 10 + code - ZERO
    }
    this.byte(AS.digits + length)
    this.fixed(value, DIGIT_BYTES[length] ?? 0)
    return true
  }

  private day(text: string): boolean {
    const day = dayOfDate(text)
    if (day === null || day < DAY_ZERO || day >= DAY_ZERO + MOST_DAYS) return false
    this.byte(AS.day)
    this.fixed(day - DAY_ZERO, 2)
    return true
  }

  private uuid(text: string): boolean {
    if (!isLowerUuid(text)) return false
    this.byte(AS.uuid)
    this.reserve(UUID_BYTES)
    room.set(uuidToBlob(text), this.at)
    this.at += UUID_BYTES
    return true
  }

  /** `gil@example.kr` of somebody who signs in as `gil`. */
  private address(text: string): boolean {
    const cut = text.indexOf('@')
    if (cut <= 0) return false
    const known = this.known.get(text.slice(0, cut))
    if (known === undefined) return false
    this.marked(AS.address, known)
    this.text(text.slice(cut))
    return true
  }

  private letters(text: string): void {
    const bytes = utf8Length(text)
    if (bytes === null || bytes > text.length * 2) this.utf16(text)
    else {
      this.marked(AS.utf8, bytes)
      if (bytes === text.length) this.ascii(text)
      else this.utf8(text, bytes)
    }
  }

  private utf8(text: string, bytes: number): void {
    this.reserve(bytes)
    utf8.encodeInto(text, room.subarray(this.at))
    this.at += bytes
  }

  private ascii(text: string): void {
    this.reserve(text.length)
    for (let at = 0; at < text.length; at++) room[this.at++] = text.charCodeAt(at)
  }

  private utf16(text: string): void {
    this.marked(AS.utf16, text.length)
    this.reserve(text.length * 2)
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at)
      room[this.at++] = unit & 0xff
      room[this.at++] = unit >>> 8
    }
  }

  private marked(mark: number, count: number): void {
    this.byte(mark)
    this.sevenBits(count)
  }

  private byte(byte: number): void {
    if (this.at === room.length) this.reserve(1)
    room[this.at++] = byte
  }

  /** The lowest byte first. */
  private fixed(value: number, bytes: number): void {
    this.reserve(bytes)
    let part = value >>> 0
    for (let byte = 0; byte < bytes; byte++) {
      if (byte === WORD_BYTES) part = Math.floor(value / WORD)
      room[this.at++] = part & 0xff
      part >>>= 8
    }
  }

  private sevenBits(value: number): void {
    let left = value
    for (; left >= 128; left = Math.floor(left / 128)) this.byte((left % 128) | 128)
    this.byte(left)
  }

  private reserve(bytes: number): void {
    if (this.at + bytes <= room.length) return
    const larger = new Uint8Array(Math.max(room.length * 2, this.at + bytes))
    larger.set(room)
    room = larger
  }
}

/** null: half a pair stands in it, which UTF-8 has no bytes for. */
function utf8Length(text: string): number | null {
  let bytes = text.length
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 0x80) continue
    bytes += unit < 0x800 ? 1 : 2
    if (unit < 0xd800 || unit >= 0xe000) continue
    const isPair = unit < 0xdc00 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00
    if (!isPair) return null
    at += 1 // both halves together take four bytes
  }
  return bytes
}
