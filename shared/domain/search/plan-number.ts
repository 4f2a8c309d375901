import type { QueryWord } from './parse-query.ts'
import type { Alternative, TermRange } from './query-plan.ts'
import { HEAD_DIGITS_FROM, LONGEST_BLOCK, wholeTextTerm } from './search-terms.ts'
import { digitsOf, isNumbered, splitApplicationNo, WRITTEN_TOGETHER } from './searchable.ts'
import { ENDS, TERM_FIELDS, type TermField, type TermHasher } from './term-hash.ts'

type NumberWord = Extract<QueryWord, { kind: 'number' }>

/** Numbers that begin with these digits. */
export function planDigits(digits: string, { field, hasher }: { field: TermField; hasher: TermHasher }): TermRange {
  hasher.start(field)
  for (let at = 0; at < digits.length; at++) hasher.add(digits.charCodeAt(at))
  return single(hasher.term(ENDS.other))
}

const single = (term: number): TermRange => ({ low: term, high: term })

/** A block of a phone number that is these digits and no more. */
function planBlock(digits: string, hasher: TermHasher): TermRange {
  if (digits.length >= LONGEST_BLOCK) return planDigits(digits, { field: TERM_FIELDS.phone, hasher })
  hasher.start(TERM_FIELDS.phone)
  for (let at = 0; at < digits.length; at++) hasher.add(digits.charCodeAt(at))
  return single(hasher.term(ENDS.ofBlock))
}

export function planNumber(word: NumberWord, hasher: TermHasher): Alternative[] {
  return [...planPhone(word.digits, hasher), ...planApplicationNo(word, hasher), ...planBuilding(word, hasher)]
}

function planPhone(digits: string, hasher: TermHasher): Alternative[] {
  const within = { ranges: [planDigits(digits, { field: TERM_FIELDS.phone, hasher })], exact: true }
  const across = blockLengths(digits).flatMap((lengths) => {
    const blocks = cut(digits, lengths)
    if (blocks === null) return []
    const ranges = blocks.map((block, index) =>
      index < blocks.length - 1 ? planBlock(block, hasher) : planDigits(block, { field: TERM_FIELDS.phone, hasher })
    )
    return [{ ranges, exact: false }]
  })
  return [within, ...across]
}

/** How the digits may be spread over blocks, from the first block of a number on or from a later one. */
function blockLengths(digits: string): number[][] {
  const later = [
    [3, 4],
    [4, 4]
  ]
  if (!digits.startsWith('0')) return later
  const first = digits.startsWith('02') ? 2 : digits.startsWith('050') ? 4 : 3
  return [[first, 3, 4], [first, 4, 4], ...later]
}

/** The digits in blocks of these lengths, the last one as far as they go; null when they fill one block or too many. */
function cut(digits: string, lengths: readonly number[]): string[] | null {
  const blocks: string[] = []
  let rest = digits
  for (const length of lengths) {
    if (rest === '') break
    blocks.push(rest.slice(0, length))
    rest = rest.slice(length)
  }
  return rest !== '' || blocks.length < 2 ? null : blocks
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
