import { type Folded, fold, rangeOf } from './fold.ts'
import { finalOf, initialOf, isConsonant, isSyllable, openOf } from './hangul.ts'
import type { Pattern, QueryWord, SearchQuery } from './parse-query.ts'
import {
  type AddressWord,
  digitsOf,
  extraWords,
  isNumbered,
  mainBuildingNo,
  phoneStarts,
  roadWords,
  type Searchable,
  splitApplicationNo,
  WRITTEN_TOGETHER
} from './searchable.ts'
import { ENDS } from './term-hash.ts'

/** Half-open, in UTF-16 code units of the text. */
export type TextRange = readonly [start: number, end: number]

/** Where a word of the query was found: the text of the case and the range in it (in a phone: of its digits). */
export type WordMatch =
  | { readonly field: 'applicantName' | 'otherName' | 'phone'; readonly text: string; readonly range: TextRange }
  | { readonly field: 'applicationNo'; readonly range: TextRange }
  | { readonly field: 'address'; readonly part: 'road' | 'building' | 'extra'; readonly range: TextRange }

/** A find for each word of the query, or null when some word is nowhere in the case. This decides what a hit is. */
export function matchQuery(query: SearchQuery, searchable: Searchable): WordMatch[] | null {
  if (query.words.length === 0) return null
  const matches: WordMatch[] = []
  for (const word of query.words) {
    const match = word.kind === 'number' ? matchNumber(word, searchable) : matchText(word, searchable)
    if (match === null) return null
    matches.push(match)
  }
  return matches
}

type TextWord = Extract<QueryWord, { kind: 'text' }>
type NumberWord = Extract<QueryWord, { kind: 'number' }>

function matchText(word: TextWord, searchable: Searchable): WordMatch | null {
  const inNames = word.inName.length === 0 ? null : matchNames(word.inName, searchable.names)
  if (inNames !== null) return inNames
  const range = rangeInProvisionalNo(word.text, searchable.applicationNo)
  if (range !== null) return { field: 'applicationNo', range }
  return word.inAddress.length === 0 ? null : matchAddress(word.inAddress, searchable)
}

function matchNames(patterns: readonly Pattern[], names: readonly string[]): WordMatch | null {
  for (const [index, text] of names.entries()) {
    const range = rangesInName(patterns, text)[0]
    if (range !== undefined) return { field: index === 0 ? 'applicantName' : 'otherName', text, range }
  }
  return null
}

/** Every place in the name that any of the patterns fits, from the left; they do not overlap. */
function rangesInName(patterns: readonly Pattern[], name: string): TextRange[] {
  const folded = fold(name)
  const ranges: TextRange[] = []
  for (let at = 0; at < folded.units.length; ) {
    const length = longestFit(patterns, folded.units, at)
    if (length > 0) ranges.push(rangeOf(folded, at, at + length))
    at += Math.max(1, length)
  }
  return ranges
}

const longestFit = (patterns: readonly Pattern[], units: readonly number[], at: number): number =>
  patterns.reduce((most, pattern) => (fitsAt(pattern, units, at) ? Math.max(most, pattern.units.length) : most), 0)

function fitsAt(pattern: Pattern, units: readonly number[], at: number): boolean {
  const last = pattern.units.length - 1
  if (at + last >= units.length) return false
  for (let index = 0; index < last; index++) {
    if (!fitsUnit(pattern.units[index] ?? 0, units[at + index] ?? 0)) return false
  }
  const [wanted, unit] = [pattern.units[last] ?? 0, units[at + last] ?? 0]
  if (pattern.low === ENDS.other) return fitsUnit(wanted, unit)
  return isSyllable(unit) && openOf(unit) === wanted && finalOf(unit) >= pattern.low && finalOf(unit) <= pattern.high
}

const fitsUnit = (wanted: number, unit: number): boolean =>
  isConsonant(wanted) ? isSyllable(unit) && initialOf(unit) === wanted : wanted === unit

/** A provisional number is found from its beginning, written as it is. */
function rangeInProvisionalNo(text: string, applicationNo: string): TextRange | null {
  const isProvisional = applicationNo !== '' && !isNumbered(splitApplicationNo(applicationNo).head)
  return isProvisional && applicationNo.startsWith(text) ? [0, text.length] : null
}

function matchAddress(patterns: readonly Pattern[], { road, extra }: Searchable): WordMatch | null {
  const inRoad = rangeInWords(patterns, roadWords(road))
  if (inRoad !== null) return { field: 'address', part: 'road', range: inRoad }
  const inExtra = rangeInWords(patterns, extraWords(extra))
  return inExtra === null ? null : { field: 'address', part: 'extra', range: inExtra }
}

function rangeInWords(patterns: readonly Pattern[], words: readonly AddressWord[]): TextRange | null {
  for (const { text, at } of words) {
    const folded: Folded = fold(text)
    const length = longestFit(patterns, folded.units, 0)
    if (length === 0) continue
    const [start, end] = rangeOf(folded, 0, length)
    return [at + start, at + end]
  }
  return null
}

function matchNumber(word: NumberWord, searchable: Searchable): WordMatch | null {
  const inNumber = rangeInApplicationNo(word, searchable.applicationNo)
  if (inNumber !== null) return { field: 'applicationNo', range: inNumber }
  for (const text of searchable.phones) {
    const start = phoneStarts(text).find((at) => text.startsWith(word.digits, at))
    if (start !== undefined) return { field: 'phone', text, range: [start, start + word.digits.length] }
  }
  const { building } = searchable
  if (!word.asBuilding || building === '') return null
  const found = building === word.text || mainBuildingNo(building) === word.text
  return found ? { field: 'address', part: 'building', range: [0, word.text.length] } : null
}

/**
 * With a hyphen: from the beginning of the number. Without: the running part from its beginning, or the whole, 연도 and
 * 연월 included, as far as it goes beyond them.
 */
function rangeInApplicationNo({ text, digits }: NumberWord, applicationNo: string): TextRange | null {
  if (!isNumbered(text)) return null
  const { head, tail } = splitApplicationNo(applicationNo)
  if (text.includes('-')) {
    const counts = digits.length >= WRITTEN_TOGETHER[0] && isNumbered(head)
    return counts && applicationNo.startsWith(text) ? [0, text.length] : null
  }
  const tailAt = applicationNo.length - tail.length
  if (tail.startsWith(digits)) return [tailAt, tailAt + digits.length]
  const headDigits = digitsOf(head)
  const isTogether = WRITTEN_TOGETHER.some((length) => length === headDigits.length) && isNumbered(head)
  const over = digits.length - headDigits.length
  return isTogether && over > 0 && (headDigits + tail).startsWith(digits) ? [0, tailAt + over] : null
}
