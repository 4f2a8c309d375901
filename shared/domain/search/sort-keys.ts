import { fold } from './fold.ts'
import { digitsOf, isNumbered, splitApplicationNo } from './searchable.ts'

/**
 * The beginning of a text as 64 bits that sort as the text does, in two halves of 32. The lowest bit says that there is
 * more to the text than the key holds: between equal keys with this bit the texts themselves decide.
 */
export interface SortKey {
  readonly high: number
  readonly low: number
}

/** Names in the order of their letters without case, accents and blanks; Latin before Hangul. */
export const compareNames = (one: string, other: string): number =>
  compareUnits(fold(one.normalize('NFC')).units, fold(other.normalize('NFC')).units)

function compareUnits(one: readonly number[], other: readonly number[]): number {
  for (let at = 0; at < one.length && at < other.length; at++) {
    const difference = (one[at] ?? 0) - (other[at] ?? 0)
    if (difference !== 0) return difference
  }
  return one.length - other.length
}

const KEY_BITS = 63
const GOES_ON = 1n

/** Four Korean syllables or twelve Latin letters are in the key whole. */
export function nameKey(name: string): SortKey {
  const { units } = fold(name.normalize('NFC'))
  const alphabet = (units[0] ?? 0) >= FIRST_SYLLABLE ? KOREAN : LATIN
  let key = alphabet === KOREAN ? 1n : 0n
  let left = KEY_BITS - 1
  let isWhole = true
  for (const unit of units) {
    isWhole = left >= alphabet.bits
    if (!isWhole) break
    const code = alphabet.codeOf(unit)
    key = (key << BigInt(alphabet.bits)) | BigInt(code)
    left -= alphabet.bits
    isWhole = code !== BELOW && code !== alphabet.above
    if (!isWhole) break
  }
  const whole = (key << BigInt(left + 1)) | (isWhole ? 0n : GOES_ON)
  return { high: Number(whole >> 32n), low: Number(whole & 0xffffffffn) }
}

/** Codes of the letters of a name, in their order: 0 is its end, 1 whatever lies below the letters. */
interface Alphabet {
  readonly bits: number
  readonly above: number
  readonly codeOf: (unit: number) => number
}

const [FIRST_SYLLABLE, LAST_SYLLABLE] = [0xac00, 0xd7a3]
const [A, Z] = [0x61, 0x7a]
const BELOW = 1

const KOREAN: Alphabet = {
  bits: 14,
  above: 2 ** 14 - 1,
  codeOf: (unit) =>
    unit < FIRST_SYLLABLE ? BELOW : unit > LAST_SYLLABLE ? KOREAN.above : unit - FIRST_SYLLABLE + BELOW + 1
}

const LATIN: Alphabet = {
  bits: 5,
  above: 2 ** 5 - 1,
  codeOf: (unit) => (unit < A ? BELOW : unit > Z ? LATIN.above : unit - A + BELOW + 1)
}

const MOST = 2 ** 32

/** The centre's numbers by 연월 and running number, then the provisional ones of the desk by theirs. */
export function compareApplicationNos(one: string, other: string): number {
  const [a, b] = [applicationNoKey(one), applicationNoKey(other)]
  return a.high - b.high || a.low - b.low || (one < other ? -1 : one > other ? 1 : 0)
}

export function applicationNoKey(applicationNo: string): SortKey {
  const { head, tail } = splitApplicationNo(applicationNo)
  const running = /^\d+$/.test(tail) ? Math.min(Number(tail), MOST / 2 - 1) : MOST / 2 - 1
  const month = isNumbered(head) ? Number(digitsOf(head).slice(0, 8)) : MOST - 1
  return { high: month, low: running * 2 + 1 }
}
