import { type Folded, fold } from './fold.ts'
import { finalOf, initialOf, isSyllable } from './hangul.ts'
import {
  digitsOf,
  extraWords,
  isNumbered,
  mainBuildingNo,
  phoneStarts,
  roadWords,
  type Searchable,
  splitApplicationNo
} from './searchable.ts'
import { ENDS, TERM_FIELDS, type TermField, type TermHasher } from './term-hash.ts'

/** Takes one term of a case; the same term may come more than once. */
export type TermSink = (term: number) => void

/** Prefixes of an address word that have a term. A longer one is found by the next shorter and checked on the case. */
export const PREFIX_LENGTHS = [1, 2, 3, 5, 7] as const

/** Digits of 연도 and 연월 in an application number: shorter prefixes would find every case. */
export const HEAD_DIGITS_FROM = 4

/** Every term of a case. `plan-query.ts` asks for the same ones. */
export function emitTerms(searchable: Searchable, hasher: TermHasher, sink: TermSink): void {
  for (const name of searchable.names) emitNameTerms(fold(name), hasher, sink)
  for (const phone of searchable.phones) emitPhoneTerms(phone, hasher, sink)
  emitAddressTerms(searchable, hasher, sink)
  emitApplicationNoTerms(searchable.applicationNo, hasher, sink)
}

/** The terms of a case, sorted, each once. */
export function searchTerms(searchable: Searchable, hasher: TermHasher): Float64Array {
  const terms: number[] = []
  emitTerms(searchable, hasher, (term) => terms.push(term))
  const sorted = Float64Array.from(terms).sort()
  let kept = 0
  for (const term of sorted) if (kept === 0 || sorted[kept - 1] !== term) sorted[kept++] = term
  return sorted.subarray(0, kept)
}

/** How a run of units ends, and its last unit without that ending. */
export const endingOf = (unit: number): number => (isSyllable(unit) ? finalOf(unit) : ENDS.other)
export const stemOf = (unit: number): number => (isSyllable(unit) ? unit - finalOf(unit) : unit)

/** Runs of one to three units anywhere in the name, the same of 초성, and an open syllable with the next 초성. */
function emitNameTerms({ units }: Folded, hasher: TermHasher, sink: TermSink): void {
  const { name, initials, openThenInitial } = TERM_FIELDS
  for (let from = 0; from < units.length; from++) {
    hasher.start(name)
    for (let at = from; at < from + 3 && at < units.length; at++) {
      const unit = units[at] ?? 0
      sink(hasher.termAfter(stemOf(unit), endingOf(unit)))
      hasher.add(unit)
    }
    hasher.start(initials)
    for (let at = from; at < from + 3 && at < units.length && isSyllable(units[at] ?? 0); at++) {
      sink(hasher.add(initialOf(units[at] ?? 0)).term(ENDS.other))
    }
    const [unit = 0, next = 0] = [units[from], units[from + 1]]
    if (isSyllable(unit) && finalOf(unit) === 0 && isSyllable(next)) {
      sink(hasher.start(openThenInitial).add(unit).add(initialOf(next)).term(ENDS.other))
    }
  }
}

/** Every prefix that has at least `from` digits. */
function emitDigitTerms(
  hasher: TermHasher,
  { field, digits, from = 1 }: { field: TermField; digits: string; from?: number },
  sink: TermSink
): void {
  hasher.start(field)
  for (let at = 0; at < digits.length; at++) {
    hasher.add(digits.charCodeAt(at))
    if (at + 1 >= from) sink(hasher.term(ENDS.other))
  }
}

/** Digits from the beginning of a block on that have terms. More of them are checked on the case. */
export const PHONE_DIGITS = 5

/** What may be typed from the beginning of any block, into the next one too; the first block apart, as it is everyone's. */
function emitPhoneTerms(phone: string, hasher: TermHasher, sink: TermSink): void {
  for (const [block, at] of phoneStarts(phone).entries()) {
    const field = block === 0 ? TERM_FIELDS.phoneBeginning : TERM_FIELDS.phone
    emitDigitTerms(hasher, { field, digits: phone.slice(at, at + PHONE_DIGITS) }, sink)
  }
}

export function emitPrefixTerms(word: string, options: { field: TermField; hasher: TermHasher }, sink: TermSink): void {
  const { units } = fold(word)
  const { field, hasher } = options
  hasher.start(field)
  for (let at = 0; at < units.length && at < 7; at++) {
    const unit = units[at] ?? 0
    if (at < 3 || at % 2 === 0) sink(hasher.termAfter(stemOf(unit), endingOf(unit)))
    hasher.add(unit)
  }
}

function emitAddressTerms({ road, building, extra }: Searchable, hasher: TermHasher, sink: TermSink): void {
  const options = { field: TERM_FIELDS.address, hasher }
  for (const { text } of roadWords(road)) emitPrefixTerms(text, options, sink)
  for (const { text } of extraWords(extra)) emitPrefixTerms(text, options, sink)
  if (building === '') return
  const main = mainBuildingNo(building)
  sink(wholeTextTerm(building, hasher))
  if (main !== building) sink(wholeTextTerm(main, hasher))
}

/** The term of a building number, which is found as a whole. */
export function wholeTextTerm(text: string, hasher: TermHasher): number {
  hasher.start(TERM_FIELDS.building)
  for (let at = 0; at < text.length; at++) hasher.add(text.charCodeAt(at))
  return hasher.term(ENDS.other)
}

function emitApplicationNoTerms(applicationNo: string, hasher: TermHasher, sink: TermSink): void {
  const { head, tail } = splitApplicationNo(applicationNo)
  const { applicationHead, applicationTail } = TERM_FIELDS
  if (isNumbered(head)) {
    emitDigitTerms(hasher, { field: applicationHead, digits: digitsOf(head), from: HEAD_DIGITS_FROM }, sink)
  } else emitPrefixTerms(head, { field: applicationHead, hasher }, sink)
  if (isNumbered(tail)) emitDigitTerms(hasher, { field: applicationTail, digits: tail }, sink)
  else emitPrefixTerms(tail, { field: applicationTail, hasher }, sink)
}
