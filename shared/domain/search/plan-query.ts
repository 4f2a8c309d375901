import { fold } from './fold.ts'
import { initialOf, isConsonant, isSyllable } from './hangul.ts'
import type { Pattern, QueryWord, SearchQuery } from './parse-query.ts'
import { planDigits, planNumber } from './plan-number.ts'
import type { Alternative, QueryPlan, TermRange } from './query-plan.ts'
import { endingOf, PREFIX_LENGTHS, stemOf } from './search-terms.ts'
import { splitApplicationNo } from './searchable.ts'
import { ENDS, TERM_FIELDS, type TermField, type TermHasher } from './term-hash.ts'

export function planQuery(query: SearchQuery, hasher: TermHasher): QueryPlan {
  return query.words.map((word) => withoutTwins(planWord(word, hasher)))
}

function planWord(word: QueryWord, hasher: TermHasher): Alternative[] {
  if (word.kind === 'number') return planNumber(word, hasher)
  return [
    ...word.inName.map((pattern) => planName(pattern, hasher)),
    ...word.inAddress.map((pattern) => planPrefix(pattern, { field: TERM_FIELDS.address, hasher })),
    ...planProvisionalNo(word.text, hasher)
  ]
}

function withoutTwins(alternatives: readonly Alternative[]): Alternative[] {
  const byRanges = new Map(alternatives.map((one) => [one.ranges.map(({ low, high }) => `${low}-${high}`).join(), one]))
  return [...byRanges.values()]
}

/** A pattern anywhere in a name: one run when it is short and of one sort, else runs that together come close. */
export function planName(pattern: Pattern, hasher: TermHasher): Alternative {
  const { units } = pattern
  const consonants = units.filter((unit) => isConsonant(unit)).length
  if (units.length <= 3 && consonants === 0) return { ranges: [nameRun(pattern, 0, units.length, hasher)], exact: true }
  if (units.length <= 3 && consonants === units.length) return { ranges: [initialRun(units, hasher)], exact: true }
  const opened = openThenInitial(pattern, hasher)
  if (opened !== null) return { ranges: [opened], exact: true }
  return { ranges: [...letterRuns(pattern, hasher), ...initialRuns(units, hasher)], exact: false }
}

/** The term range of the units `from` to `to`; only the last unit of the pattern is open-ended. */
function nameRun({ units, low, high }: Pattern, from: number, to: number, hasher: TermHasher): TermRange {
  hasher.start(TERM_FIELDS.name)
  for (const unit of units.slice(from, to - 1)) hasher.add(unit)
  const last = units[to - 1] ?? 0
  hasher.add(stemOf(last))
  return to === units.length
    ? rangeOfEndings(hasher, low, high)
    : rangeOfEndings(hasher, endingOf(last), endingOf(last))
}

const rangeOfEndings = (hasher: TermHasher, low: number, high: number): TermRange => ({
  low: hasher.term(low),
  high: hasher.term(high)
})

function initialRun(units: readonly number[], hasher: TermHasher): TermRange {
  hasher.start(TERM_FIELDS.initials)
  for (const unit of units) hasher.add(isConsonant(unit) ? unit : initialOf(unit))
  return rangeOfEndings(hasher, ENDS.other, ENDS.other)
}

/** 이ㅅ: what the input method shows between 이 and 이수. */
function openThenInitial({ units }: Pattern, hasher: TermHasher): TermRange | null {
  const [first = 0, second = 0] = units
  const fits = units.length === 2 && isSyllable(first) && endingOf(first) === 0 && isConsonant(second)
  if (!fits) return null
  hasher.start(TERM_FIELDS.openThenInitial).add(first).add(second)
  return rangeOfEndings(hasher, ENDS.other, ENDS.other)
}

/** The stretches between consonants, in runs of up to three. */
function letterRuns(pattern: Pattern, hasher: TermHasher): TermRange[] {
  const { units } = pattern
  const ranges: TermRange[] = []
  let from = 0
  for (let to = 0; to <= units.length; to++) {
    if (to < units.length && !isConsonant(units[to] ?? 0)) continue
    const length = Math.min(3, to - from)
    for (let at = from; length > 0 && at + length <= to; at++) ranges.push(nameRun(pattern, at, at + length, hasher))
    from = to + 1
  }
  return ranges
}

/** Every run of three (two in a pattern of two) that has a consonant in it, by its 초성. */
function initialRuns(units: readonly number[], hasher: TermHasher): TermRange[] {
  const length = Math.min(3, units.length)
  const ranges: TermRange[] = []
  for (let at = 0; at + length <= units.length; at++) {
    const run = units.slice(at, at + length)
    const isHangul = run.every((unit) => isSyllable(unit) || isConsonant(unit))
    if (isHangul && run.some((unit) => isConsonant(unit))) ranges.push(initialRun(run, hasher))
  }
  return ranges
}

/** A pattern at the beginning of a word: by the longest prefix that has a term. */
export function planPrefix(pattern: Pattern, options: { field: TermField; hasher: TermHasher }): Alternative {
  const { units, low, high } = pattern
  const { field, hasher } = options
  const letters = isConsonant(units.at(-1) ?? 0) ? units.length - 1 : units.length
  const length = PREFIX_LENGTHS.findLast((prefix) => prefix <= letters) ?? 0
  hasher.start(field)
  for (const unit of units.slice(0, length - 1)) hasher.add(unit)
  const last = units[length - 1] ?? 0
  hasher.add(stemOf(last))
  const exact = length === units.length
  return {
    ranges: [exact ? rangeOfEndings(hasher, low, high) : rangeOfEndings(hasher, endingOf(last), endingOf(last))],
    exact
  }
}

/** `임시-12`: the numbers that a desk gives until the centre does. */
function planProvisionalNo(text: string, hasher: TermHasher): Alternative[] {
  const inHead = planHead(text, hasher)
  const { head, tail } = splitApplicationNo(text)
  if (!/^\d+$/.test(tail)) return inHead
  const inTail = planDigits(tail, { field: TERM_FIELDS.applicationTail, hasher })
  return [...inHead, ...planHead(head, hasher).map(({ ranges }) => ({ ranges: [...ranges, inTail], exact: false }))]
}

function planHead(text: string, hasher: TermHasher): Alternative[] {
  const { units } = fold(text)
  const last = units.at(-1)
  if (last === undefined) return []
  const pattern = { units: [...units.slice(0, -1), stemOf(last)], low: endingOf(last), high: endingOf(last) }
  const { ranges } = planPrefix(pattern, { field: TERM_FIELDS.applicationHead, hasher })
  return [{ ranges, exact: false }]
}
