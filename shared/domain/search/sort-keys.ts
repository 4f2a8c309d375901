import { fold } from './fold.ts'
import { isSyllable } from './hangul.ts'
import { digitsOf, isNumbered, splitApplicationNo } from './searchable.ts'

/**
 * The beginning of a text as 52 bits that sort as the text does, in two halves of 26. The lowest bit says that there is
 * more to the text than the key holds: between equal keys with this bit the texts themselves decide.
 */
export interface SortKey {
  readonly high: number
  readonly low: number
}

const HALF = 2 ** 26
const BITS = 51

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

/** Three Korean syllables or eight Latin letters are in the key whole. */
export function nameKey(name: string): SortKey {
  const { units } = fold(name.normalize('NFC'))
  let key = 0
  let left = BITS
  for (const unit of units) {
    const { code, bits, isWhole } = codeOf(unit)
    if (bits > left) return keyOf(key * 2 ** left + Math.floor(code / 2 ** (bits - left)), true)
    key = key * 2 ** bits + code
    left -= bits
    if (!isWhole) return keyOf(key * 2 ** left, true)
  }
  return keyOf(key * 2 ** left, false)
}

const keyOf = (key: number, goesOn: boolean): SortKey => ({
  high: Math.floor((key * 2) / HALF),
  low: ((key * 2) % HALF) + (goesOn ? 1 : 0)
})

const [A, Z] = [0x61, 0x7a]

/** Six bits for a Latin letter, 15 for a syllable; whatever else shares the code of its kind and is not whole. 0 ends. */
function codeOf(unit: number): { code: number; bits: number; isWhole: boolean } {
  if (isSyllable(unit)) return { code: 2 ** 14 + unit - 0xac00, bits: 15, isWhole: true }
  if (unit < A) return { code: 1, bits: 6, isWhole: false }
  if (unit <= Z) return { code: 2 + unit - A, bits: 6, isWhole: true }
  if (unit < 0xac00) return { code: 28, bits: 6, isWhole: false }
  return { code: 2 ** 15 - 1, bits: 15, isWhole: false }
}

/** The centre's numbers by 연월 and running number, then the provisional ones of the desk by theirs. */
export function compareApplicationNos(one: string, other: string): number {
  const [a, b] = [applicationNoKey(one), applicationNoKey(other)]
  return a.high - b.high || a.low - b.low || (one < other ? -1 : one > other ? 1 : 0)
}

export function applicationNoKey(applicationNo: string): SortKey {
  const { head, tail } = splitApplicationNo(applicationNo)
  const running = /^\d+$/.test(tail) ? Math.min(Number(tail), HALF / 2 - 1) : HALF / 2 - 1
  const month = isNumbered(head) ? Number(digitsOf(head).slice(0, 8)) : HALF - 1
  return { high: Math.min(month, HALF - 1), low: running * 2 + 1 }
}
