import { AS, DAY_ZERO, DIGIT_BYTES, UUID_BYTES } from './compact-marks.ts'
import { dateOfDay } from './packed-instant.ts'
import { blobToUuid } from './uuid-blob.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export interface DecoderInput {
  readonly bytes: Uint8Array
  readonly words: readonly string[]
  /** Gets what the value brings. */
  readonly known: string[]
}

/** Reads one value. Whatever is no such value throws. */
export class Decoder {
  private at = 0
  private above = 0
  private readonly bytes: Uint8Array
  private readonly words: readonly string[]
  private readonly known: string[]

  constructor({ bytes, words, known }: DecoderInput) {
    this.bytes = bytes
    this.words = words
    this.known = known
  }

  whole(): unknown {
    const value = this.value()
    if (this.at !== this.bytes.length) throw broken()
    return value
  }

  private value(): unknown {
    const mark = this.byte()
    if (mark >= AS.nearKnown) return this.text(mark)
    if (mark >= AS.shortList) return this.list(mark - AS.shortList)
    if (mark >= AS.smallCount) return mark - AS.smallCount
    switch (mark) {
      case AS.null:
        return null
      case AS.true:
        return true
      case AS.false:
        return false
      case AS.count:
        return this.sevenBits()
      case AS.below:
        return -1 - this.sevenBits()
      case AS.json:
        return JSON.parse(utf8.decode(this.take(this.sevenBits())))
      case AS.list:
        return this.list(this.sevenBits())
      case AS.object:
        return this.object()
      case AS.later:
        return this.large(this.fixed(4))
      case AS.apart:
        return this.large(this.byte() === 1 ? -this.sevenBits() : this.sevenBits())
      default:
        return this.text(mark)
    }
  }

  private large(step: number): number {
    this.above += step
    return this.above
  }

  private list(count: number): unknown[] {
    const list: unknown[] = []
    for (let index = 0; index < count; index++) list.push(this.value())
    return list
  }

  private object(): object {
    const count = this.sevenBits()
    const entries: Array<[string, unknown]> = []
    for (let index = 0; index < count; index++) entries.push([this.text(this.byte()), this.value()])
    return Object.fromEntries(entries)
  }

  private text(mark: number): string {
    if (mark >= AS.word) return textAt(this.words, mark - AS.word)
    if (mark >= AS.nearKnown) return textAt(this.known, mark - AS.nearKnown)
    if (mark === AS.known) return textAt(this.known, this.sevenBits())
    const text = this.newText(mark)
    this.known.push(text)
    return text
  }

  private newText(mark: number): string {
    switch (mark) {
      case AS.utf8:
        return this.utf8(this.sevenBits())
      case AS.utf16:
        return this.utf16(this.sevenBits())
      case AS.day:
        return dateOfDay(this.fixed(2) + DAY_ZERO)
      case AS.uuid:
        return blobToUuid(this.take(UUID_BYTES))
      case AS.address:
        return textAt(this.known, this.sevenBits()) + this.text(this.byte())
      default:
        return this.digits(mark - AS.digits)
    }
  }

  private digits(count: number): string {
    const bytes = DIGIT_BYTES[count]
    if (count < 1 || bytes === undefined) throw broken()
    return String(this.fixed(bytes)).padStart(count, '0')
  }

  private utf8(count: number): string {
    const from = this.at
    let text = ''
    for (let left = count; left > 0; left--) {
      const byte = this.byte()
      if (byte >= 0x80) {
        this.at = from
        return utf8.decode(this.take(count))
      }
      text += String.fromCharCode(byte)
    }
    return text
  }

  private utf16(count: number): string {
    let text = ''
    for (let left = count; left > 0; left--) text += String.fromCharCode(this.byte() | (this.byte() << 8))
    return text
  }

  private fixed(bytes: number): number {
    let value = 0
    let worth = 1
    for (let byte = 0; byte < bytes; byte++) {
      value += this.byte() * worth
      worth *= 256
    }
    return value
  }

  private sevenBits(): number {
    let value = 0
    for (let worth = 1; worth < Number.MAX_SAFE_INTEGER; worth *= 128) {
      const byte = this.byte()
      value += (byte & 127) * worth
      if (byte < 128) return value
    }
    throw broken()
  }

  private take(count: number): Uint8Array {
    const taken = this.bytes.subarray(this.at, this.at + count)
    if (taken.length !== count) throw broken()
    this.at += count
    return taken
  }

  private byte(): number {
    const byte = this.bytes[this.at++]
    if (byte === undefined) throw broken()
    return byte
  }
}

function textAt(texts: readonly string[], number: number): string {
  const text = texts[number]
  if (text === undefined) throw broken()
  return text
}

const broken = (): Error => new Error('the bytes are no compact value')
