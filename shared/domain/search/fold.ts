import { isSyllable } from './hangul.ts'

/** A text as it is compared: code units without case, accents, blanks and punctuation, and where each one stood. */
export interface Folded {
  readonly units: readonly number[]
  /** Index in the text of each unit. */
  readonly starts: readonly number[]
}

const PUNCTUATION = /^[\s\-‐-―'’.,·()]$/u
const MARKS = /\p{M}/gu
const COMPATIBILITY_JAMO = { first: 0x3131, last: 0x318e }

/** Folds a text in NFC. `NGUYỄN Thị` and `nguyenthi` fold alike; Hangul stays as it is. */
export function fold(text: string): Folded {
  const units: number[] = []
  const starts: number[] = []
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (isSyllable(unit)) {
      units.push(unit)
      starts.push(at)
    } else {
      for (const folded of foldUnit(unit)) {
        units.push(folded)
        starts.push(at)
      }
    }
  }
  return { units, starts }
}

const NOTHING: readonly number[] = []
const FOLDED = new Map<number, readonly number[]>()

/** Remembers what it has folded: only a few hundred letters besides the syllables occur. */
function foldUnit(unit: number): readonly number[] {
  const known = FOLDED.get(unit)
  if (known !== undefined) return known
  const folded = foldLetter(unit)
  FOLDED.set(unit, folded)
  return folded
}

function foldLetter(unit: number): readonly number[] {
  const letter = String.fromCharCode(unit)
  if (PUNCTUATION.test(letter)) return NOTHING
  if (unit >= COMPATIBILITY_JAMO.first && unit <= COMPATIBILITY_JAMO.last) return [unit]
  const plain = letter.normalize('NFKD').replace(MARKS, '').toLowerCase().replace(MARKS, '')
  return Array.from({ length: plain.length }, (_, at) => plain.charCodeAt(at))
}

/** Half-open range in the text of the folded units `from` to `to` (`to` not included). */
export function rangeOf(folded: Folded, from: number, to: number): readonly [start: number, end: number] {
  const start = folded.starts[from] ?? 0
  const last = folded.starts[to - 1] ?? start
  return [start, last + 1]
}
