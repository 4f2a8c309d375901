import type { QueryWord } from './parse-query.ts'
import type { Alternative, TermRange } from './query-plan.ts'
import { HEAD_DIGITS_FROM, PHONE_DIGITS, wholeTextTerm } from './search-terms.ts'
import { digitsOf, firstBlockLength, isNumbered, splitApplicationNo, WRITTEN_TOGETHER } from './searchable.ts'
import { ENDS, TERM_FIELDS, type TermField, type TermHasher } from './term-hash.ts'

type NumberWord = Extract<QueryWord, { kind: 'number' }>

/** Numbers that begin with these digits. */
export function planDigits(digits: string, { field, hasher }: { field: TermField; hasher: TermHasher }): TermRange {
  hasher.start(field)
  for (let at = 0; at < digits.length; at++) hasher.add(digits.charCodeAt(at))
  return single(hasher.term(ENDS.other))
}

const single = (term: number): TermRange => ({ low: term, high: term })

export function planNumber(word: NumberWord, hasher: TermHasher): Alternative[] {
  return [...planPhone(word.digits, hasher), ...planApplicationNo(word, hasher), ...planBuilding(word, hasher)]
}

/** Lengths of the block between the first and the last. */
const MIDDLE_LENGTHS = [3, 4] as const

/**
 * From the beginning of the number, or from that of a later block. More digits than a term has reach into the next
 * blocks, whose first digits must then be there too.
 */
function planPhone(digits: string, hasher: TermHasher): Alternative[] {
  const begins = (field: TermField, from: number): TermRange =>
    planDigits(digits.slice(from, from + PHONE_DIGITS), { field, hasher })
  const beginning = begins(TERM_FIELDS.phoneBeginning, 0)
  const later = begins(TERM_FIELDS.phone, 0)
  if (digits.length <= PHONE_DIGITS) return [beginning, later].map((range) => ({ ranges: [range], exact: true }))
  const withBlocksAt = (range: TermRange, starts: readonly number[]): Alternative => {
    const reached = starts.filter((start) => start < digits.length)
    return { ranges: [range, ...reached.map((start) => begins(TERM_FIELDS.phone, start))], exact: false }
  }
  const first = firstBlockLength(digits)
  return MIDDLE_LENGTHS.flatMap((middle) => [
    withBlocksAt(beginning, [first, first + middle]),
    withBlocksAt(later, [middle])
  ])
}

function planApplicationNo({ text, digits }: NumberWord, hasher: TermHasher): Alternative[] {
  const tail = { field: TERM_FIELDS.applicationTail, hasher }
  const head = { field: TERM_FIELDS.applicationHead, hasher }
  if (!isNumbered(text)) return []
  if (!text.includes('-')) {
    const together = WRITTEN_TOGETHER.filter((length) => digits.length > length).map((length) => ({
      ranges: [planDigits(digits.slice(0, length), head), planDigits(digits.slice(length), tail)],
      exact: false
    }))
    return [{ ranges: [planDigits(digits, tail)], exact: true }, ...together]
  }
  const split = splitApplicationNo(text)
  const headDigits = digitsOf(split.head)
  const alternatives: Alternative[] = []
  if (digits.length >= HEAD_DIGITS_FROM) alternatives.push({ ranges: [planDigits(digits, head)], exact: false })
  if (headDigits.length >= HEAD_DIGITS_FROM && split.tail !== '') {
    alternatives.push({ ranges: [planDigits(headDigits, head), planDigits(split.tail, tail)], exact: false })
  }
  return alternatives
}

function planBuilding({ text, asBuilding }: NumberWord, hasher: TermHasher): Alternative[] {
  return asBuilding ? [{ ranges: [single(wholeTextTerm(text, hasher))], exact: true }] : []
}
