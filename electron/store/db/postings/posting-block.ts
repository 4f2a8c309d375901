/**
 * A block of a posting list: case numbers in rising order, as the gaps between them in Rice code. The parameter fits the
 * block, so that a list takes two bits a case where every second case is in it and twelve where one in two thousand is;
 * with parameter 0 the code is a plain bitmap and is read as one.
 *
 * Bytes: parameter, count (7 bits a byte, the lowest first), then the code, lowest bit of each byte first. A gap g is
 * g >> parameter zeros, a one, and the lowest `parameter` bits of g.
 */

/** Numbers that begin a block are multiples of this. */
export const BLOCK_ALIGNMENT = 1024

/** A block is cut when its code reaches this: two fit a page of the file. */
const MOST_CODE_BITS = 1900 * 8

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
  const parameter = riceParameter(((nos.at(-1) ?? start) - start + 1) / nos.length)
  const header = [parameter]
  let count = nos.length
  for (; count >= 128; count >>>= 7) header.push((count & 127) | 128)
  header.push(count)
  let bits = 0
  let previous = start - 1
  for (const no of nos) {
    bits += ((no - previous - 1) >>> parameter) + 1 + parameter
    previous = no
  }
  const bytes = new Uint8Array(header.length + ((bits + 7) >>> 3))
  bytes.set(header)
  writeGaps(bytes, { at: header.length * 8, parameter, start, nos })
  return bytes
}

function writeGaps(
  bytes: Uint8Array,
  { at, parameter, start, nos }: { at: number; parameter: number; start: number; nos: Uint32Array }
): void {
  const mask = (1 << parameter) - 1
  let bit = at
  let previous = start - 1
  for (const no of nos) {
    const gap = no - previous - 1
    previous = no
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

/** A block as it is read: asked for falling numbers. */
export class PostingBlock {
  readonly start: number
  readonly count: number
  private readonly bytes: Uint8Array
  private readonly parameter: number
  private readonly codeAt: number
  private nos: Uint32Array | null = null
  private at = 0

  constructor(start: number, bytes: Uint8Array) {
    this.start = start
    this.bytes = bytes
    this.parameter = bytes[0] ?? 0
    let count = 0
    let at = 1
    for (let shift = 0; ; shift += 7, at++) {
      const byte = bytes[at] ?? 0
      count |= (byte & 127) << shift
      if (byte < 128) break
    }
    this.count = count
    this.codeAt = at + 1
  }

  /** The largest number of the block that is not above `target`, or 0. `target` must not rise from call to call. */
  floor(target: number): number {
    if (this.parameter === 0) return this.floorInBitmap(target)
    if (this.nos === null) {
      this.nos = this.decode()
      this.at = this.nos.length - 1
    }
    const nos = this.nos
    if (this.at < 0 || (nos[this.at] ?? 0) <= target) return nos[this.at] ?? 0
    let low = -1
    let high = this.at
    while (high - low > 1) {
      const middle = (low + high) >>> 1
      if ((nos[middle] ?? 0) > target) high = middle
      else low = middle
    }
    this.at = low
    return nos[low] ?? 0
  }

  private floorInBitmap(target: number): number {
    const bytes = this.bytes
    const last = (bytes.length - this.codeAt) * 8 - 1
    let bit = Math.min(last, target - this.start)
    if (bit < 0) return 0
    let byte = this.codeAt + (bit >>> 3)
    let word = (bytes[byte] ?? 0) & ((2 << (bit & 7)) - 1)
    while (word === 0 && byte > this.codeAt) word = bytes[--byte] ?? 0
    if (word === 0) return 0
    bit = (byte - this.codeAt) * 8 + (31 - Math.clz32(word))
    return this.start + bit
  }

  /** Every number of the block, rising. */
  decode(): Uint32Array {
    const { bytes, parameter, count } = this
    const nos = new Uint32Array(count)
    const mask = (1 << parameter) - 1
    let byte = this.codeAt
    let held = 0
    let bits = 0
    let no = this.start - 1
    for (let index = 0; index < count; index++) {
      let gap = 0
      while (held === 0) {
        gap += bits
        held = bytes[byte++] ?? 0
        bits = 8
        if (byte > bytes.length) throw new Error('a posting block ends too early')
      }
      const zeros = 31 - Math.clz32(held & -held)
      gap += zeros
      held >>>= zeros + 1
      bits -= zeros + 1
      while (bits < parameter) {
        held |= (bytes[byte++] ?? 0) << bits
        bits += 8
      }
      no += (gap << parameter) + (held & mask) + 1
      held >>>= parameter
      bits -= parameter
      nos[index] = no
    }
    return nos
  }
}
