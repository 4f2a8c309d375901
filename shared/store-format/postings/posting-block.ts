/**
 * A block of a posting list: case numbers from the newest down, as the gaps between them in Rice code. The parameter
 * fits the block, so that a list takes two bits a case where every second case is in it and twelve where one in two
 * thousand is; with parameter 0 the code is a plain bitmap and is read as one. A reader wants the newest cases: it takes
 * apart only as much of a block as it needs.
 *
 * Bytes: parameter, count, distance of the newest number from the block's start (both 7 bits a byte, the lowest first),
 * then the code, lowest bit of each byte first. A gap g is g >> parameter zeros, a one, and the lowest `parameter` bits
 * of g; the newest number has gap 0.
 */

/** Numbers that begin a block are multiples of this. */
export const BLOCK_ALIGNMENT = 1024

/** A block is cut when its code reaches this: four fit a page of the file. */
const MOST_CODE_BITS = 950 * 8

const blockStart = (no: number): number => no - (no % BLOCK_ALIGNMENT)

export interface EncodedBlock {
  /** A multiple of `BLOCK_ALIGNMENT`, not above the first number. */
  readonly start: number
  readonly bytes: Uint8Array
}

/** Cuts rising case numbers into blocks and packs each. */
export function encodePostings(nos: Uint32Array): EncodedBlock[] {
  const blocks: EncodedBlock[] = []
  for (let from = 0; from < nos.length; ) {
    const to = endOfBlock(nos, from)
    const start = blockStart(nos[from] ?? 0)
    blocks.push({ start, bytes: encodeBlock(start, nos.subarray(from, to)) })
    from = to
  }
  return blocks
}

/** Of a block that loses numbers what is left of it: it needs no cutting. */
export function encodeRest(nos: Uint32Array): EncodedBlock {
  const start = blockStart(nos[0] ?? 0)
  return { start, bytes: encodeBlock(start, nos) }
}

/** The next block must begin at another multiple, so a block ends only where two numbers lie in different ones. */
function endOfBlock(nos: Uint32Array, from: number): number {
  const sample = Math.min(nos.length, from + 2048)
  const first = nos[from] ?? 0
  const parameter = riceParameter(((nos[sample - 1] ?? 0) - first + 1) / (sample - from))
  const widestGap = Math.max(BLOCK_ALIGNMENT, 256 << parameter)
  let bits = 0
  let last = first
  for (let at = from + 1; at < nos.length; at++) {
    const no = nos[at] ?? 0
    const gap = no - last - 1
    bits += (gap >>> parameter) + 1 + parameter
    if ((bits > MOST_CODE_BITS || gap > widestGap) && blockStart(no) !== blockStart(last)) return at
    last = no
  }
  return nos.length
}

const riceParameter = (meanGap: number): number => Math.max(0, Math.floor(Math.log2(meanGap * Math.LN2)))

function encodeBlock(start: number, nos: Uint32Array): Uint8Array {
  const newest = nos.at(-1) ?? start
  const parameter = riceParameter((newest - (nos[0] ?? start) + 1) / nos.length)
  const header = [parameter, ...sevenBits(nos.length), ...sevenBits(newest - start)]
  let bits = 1 + parameter
  for (let at = nos.length - 2; at >= 0; at--) {
    bits += (((nos[at + 1] ?? 0) - (nos[at] ?? 0) - 1) >>> parameter) + 1 + parameter
  }
  const bytes = new Uint8Array(header.length + ((bits + 7) >>> 3))
  bytes.set(header)
  writeGaps(bytes, { at: header.length * 8, parameter, nos })
  return bytes
}

function sevenBits(value: number): number[] {
  const bytes: number[] = []
  let left = value
  for (; left >= 128; left >>>= 7) bytes.push((left & 127) | 128)
  bytes.push(left)
  return bytes
}

function writeGaps(
  bytes: Uint8Array,
  { at, parameter, nos }: { at: number; parameter: number; nos: Uint32Array }
): void {
  const mask = (1 << parameter) - 1
  let bit = at
  let above = (nos.at(-1) ?? 0) + 1
  for (let index = nos.length - 1; index >= 0; index--) {
    const gap = above - (nos[index] ?? 0) - 1
    above = nos[index] ?? 0
    bit += gap >>> parameter
    // The one and the low bits together, a byte at a time.
    let code = ((gap & mask) << 1) | 1
    for (let left = parameter + 1; left > 0; ) {
      const used = bit & 7
      bytes[bit >>> 3] = (bytes[bit >>> 3] ?? 0) | (code << used)
      const written = Math.min(left, 8 - used)
      code >>>= written
      bit += written
      left -= written
    }
  }
}

/** A block as it is read: once, downwards. */
export class PostingBlock {
  readonly start: number
  readonly count: number
  private readonly newest: number
  private readonly bytes: Uint8Array
  private readonly parameter: number
  /** The next byte of the code, what is held of the one before, and how many bits that is. */
  private byte: number
  private held = 0
  private bits = 0
  private left: number
  private no: number
  private readonly codeAt: number

  constructor(start: number, bytes: Uint8Array) {
    this.start = start
    this.bytes = bytes
    this.parameter = bytes[0] ?? 0
    this.byte = 1
    this.count = this.readSevenBits()
    this.newest = start + this.readSevenBits()
    this.codeAt = this.byte
    this.left = this.count
    this.no = this.newest + 1
  }

  private readSevenBits(): number {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.byte++] ?? 0
      value |= (byte & 127) << shift
      if (byte < 128) return value
    }
  }

  /** The largest number of the block that is not above `target`, or 0. `target` must not rise from call to call. */
  floor(target: number): number {
    if (this.parameter === 0) return this.floorInBitmap(target)
    while (this.no > target || this.left === this.count) {
      if (this.left === 0) return 0
      this.step()
    }
    return this.no
  }

  private floorInBitmap(target: number): number {
    const { bytes, codeAt, newest } = this
    const bit = Math.max(0, newest - target)
    let byte = codeAt + (bit >>> 3)
    let word = (bytes[byte] ?? 0) & (0xff << (bit & 7))
    while (word === 0) {
      byte += 1
      if (byte >= bytes.length) return 0
      word = bytes[byte] ?? 0
    }
    return newest - (byte - codeAt) * 8 - (31 - Math.clz32(word & -word))
  }

  /** Goes on to the next lower number. */
  private step(): void {
    const { bytes, parameter } = this
    let { byte, held, bits } = this
    let gap = 0
    while (held === 0) {
      gap += bits
      if (byte >= bytes.length) throw new Error('a posting block ends too early')
      held = bytes[byte++] ?? 0
      bits = 8
    }
    const zeros = 31 - Math.clz32(held & -held)
    gap += zeros
    held >>>= zeros + 1
    bits -= zeros + 1
    while (bits < parameter) {
      held |= (bytes[byte++] ?? 0) << bits
      bits += 8
    }
    this.no -= (gap << parameter) + (held & ((1 << parameter) - 1)) + 1
    this.held = held >>> parameter
    this.bits = bits - parameter
    this.byte = byte
    this.left -= 1
  }

  /** Every number of a block that nothing was read from yet, rising. */
  decode(): Uint32Array {
    const nos = new Uint32Array(this.count)
    for (let index = this.count - 1; index >= 0; index--) {
      this.step()
      nos[index] = this.no
    }
    return nos
  }
}
