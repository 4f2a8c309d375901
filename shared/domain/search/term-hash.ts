/**
 * Terms of the search index. A term is a keyed 42-bit hash of a field and a run of code units, and five low bits that
 * say how the run ends. No text of a person is ever a key of the index, and all ways in which a half-typed syllable can
 * go on are neighbours: one range of terms.
 */

/** Numbers of the index format: a changed one makes every index in the field wrong. */
export const TERM_FIELDS = {
  name: 1,
  initials: 2,
  openThenInitial: 3,
  phoneBeginning: 4,
  phone: 5,
  address: 6,
  building: 7,
  applicationHead: 8,
  applicationTail: 9
} as const
export type TermField = (typeof TERM_FIELDS)[keyof typeof TERM_FIELDS]

/** How a run ends: with a syllable (its 종성, 0 to 27) or otherwise. */
export const ENDS = { other: 31 } as const

const ENDINGS = 32
const LOW_HASH_BITS = 10

/** The key of one store's index: two words from 16 random bytes; the same text has other terms in another store. */
export interface TermKey {
  readonly one: number
  readonly two: number
}

export function termKeyOf(bytes: Uint8Array): TermKey {
  if (bytes.length !== 16) throw new Error(`a term key has 16 bytes, got ${bytes.length}`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, 16)
  return {
    one: view.getInt32(0) ^ Math.imul(view.getInt32(4), 0x9e3779b1),
    two: view.getInt32(8) ^ Math.imul(view.getInt32(12), 0x85ebca6b)
  }
}

/** Builds terms unit by unit: `start(field)`, `add(unit)` ..., `term(ending)`, which may be asked after each unit. */
export class TermHasher {
  private readonly key: TermKey
  private one = 0
  private two = 0

  constructor(key: TermKey) {
    this.key = key
  }

  start(field: TermField): this {
    this.one = Math.imul(this.key.one ^ field, 0x2c1b3c6d)
    this.two = Math.imul(this.key.two ^ field, 0x297a2d39)
    return this
  }

  add(unit: number): this {
    let one = Math.imul(this.one ^ unit, 0x9e3779b1)
    one ^= one >>> 15
    this.one = one
    let two = Math.imul(this.two ^ unit, 0x85ebca6b)
    two ^= two >>> 13
    this.two = (two + one) | 0
    return this
  }

  /** The term that one more unit would give; the run stays as it is. */
  termAfter(unit: number, ending: number): number {
    const { one, two } = this
    const term = this.add(unit).term(ending)
    this.one = one
    this.two = two
    return term
  }

  /** Below 2^47. */
  term(ending: number): number {
    let one = this.one ^ (this.two >>> 16)
    one = Math.imul(one ^ (one >>> 16), 0x21f0aaad)
    one = Math.imul(one ^ (one >>> 15), 0x735a2d97)
    one ^= one >>> 15
    let two = this.two ^ (this.one >>> 16)
    two = Math.imul(two ^ (two >>> 15), 0x7feb352d)
    two ^= two >>> 16
    return ((one >>> 0) * 2 ** LOW_HASH_BITS + (two >>> (32 - LOW_HASH_BITS))) * ENDINGS + ending
  }
}
