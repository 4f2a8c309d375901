import { convertHangulToQwerty } from 'es-hangul'
import { normalisePhone } from '#shared/domain/case/phone.ts'
import { fold } from './fold.ts'
import { exactly, grownSyllables, isConsonant, isSyllable, isVowel, plainConsonants, splitFinal } from './hangul.ts'
import { hangulOfKeys } from './keyboard.ts'
import { digitsOf } from './searchable.ts'
import { ENDS } from './term-hash.ts'

/**
 * What a run of units in a text must look like: each unit as it is, or a plain consonant for any syllable that begins
 * with it. The last syllable stands without its 종성, which may be any from `low` to `high`.
 */
export interface Pattern {
  readonly units: readonly number[]
  /** `ENDS.other` when the last unit is no syllable. */
  readonly low: number
  readonly high: number
}

/** One word of a query. Every word must be found in a case, each wherever it likes. */
export type QueryWord =
  | {
      readonly kind: 'text'
      readonly text: string
      /** Any of them, anywhere in a name. */
      readonly inName: readonly Pattern[]
      /** Any of them, at the beginning of a word of the address. */
      readonly inAddress: readonly Pattern[]
    }
  | {
      readonly kind: 'number'
      readonly text: string
      readonly digits: string
      /** A whole building number counts: alone it would drown the phones. */
      readonly asBuilding: boolean
    }

export interface SearchQuery {
  readonly words: readonly QueryWord[]
}

const NUMBER = /^[+\d\-.()]*\d[\d\-.()]*$/

/** Reads a query as typed. The last word is taken as unfinished unless a blank follows it. */
export function parseQuery(text: string): SearchQuery {
  const normal = text.normalize('NFC').replace(/[０-９]/g, (digit) => digit.normalize('NFKC'))
  const words = normal.split(/\s+/u).filter((word) => word !== '')
  const finished = /\s$/u.test(normal)
  return {
    words: words.map((word, index) => {
      const unfinished = index === words.length - 1 && !finished
      return NUMBER.test(word) ? numberWord(word, words.length) : textWord(word, unfinished)
    })
  }
}

function numberWord(word: string, words: number): QueryWord {
  const digits = word.startsWith('+') ? normalisePhone(word) : digitsOf(word)
  return { kind: 'number', text: word, digits, asBuilding: words > 1 || word.includes('-') }
}

function textWord(text: string, unfinished: boolean): QueryWord {
  const readings = readingsOf(text).map((reading) => plainUnits(reading))
  const patterns = readings.flatMap((units) => patternsOf(units, unfinished))
  return { kind: 'text', text, inName: patterns, inAddress: patterns.filter(canBeginWord) }
}

const LATIN = /^[A-Za-z]+$/
const CAPITALS = /^[A-Z]{2,}$/

/** The word as typed and, where the keyboard may have been in the other mode, as it was meant. */
function readingsOf(word: string): string[] {
  if (LATIN.test(word)) {
    const meant = hangulOfKeys(CAPITALS.test(word) ? word.toLowerCase() : word)
    return meant === null ? [word] : [word, meant]
  }
  return [...word].some((letter) => isVowel(letter.charCodeAt(0))) ? [convertHangulToQwerty(word)] : [word]
}

const plainUnits = (text: string): number[] =>
  fold(text).units.flatMap((unit) => (isConsonant(unit) ? plainConsonants(unit) : [unit]))

function patternsOf(units: readonly number[], unfinished: boolean): Pattern[] {
  const last = units.at(-1)
  if (last === undefined) return []
  if (!isSyllable(last)) return [{ units, low: ENDS.other, high: ENDS.other }]
  const before = units.slice(0, -1)
  const runs = unfinished ? grownSyllables(last) : [exactly(last)]
  const grown = runs.map(({ open, low, high }) => ({ units: [...before, open], low, high }))
  const split = unfinished ? splitFinal(last) : null
  if (split === null) return grown
  const moved = { units: [...before, split.syllable, split.initial], low: ENDS.other, high: ENDS.other }
  return [...grown, moved]
}

/** In an address a consonant alone stands only at the end, where the input method has just begun a syllable. */
const canBeginWord = ({ units }: Pattern): boolean =>
  !units.slice(0, -1).some((unit) => isConsonant(unit)) && !isConsonant(units[0] ?? 0)

/** What kind of text was searched for, for the access log; never the text. */
export function queryKinds(query: SearchQuery): string {
  const kinds = new Set(query.words.map((word) => (word.kind === 'number' ? 'number' : textKind(word.inName))))
  return [...kinds].sort().join(' ')
}

const textKind = (patterns: readonly Pattern[]): string =>
  patterns.some(({ units }) => units.every((unit) => isConsonant(unit))) ? 'initials' : 'text'
