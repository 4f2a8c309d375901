import type { Case } from '#shared/domain/case/case.ts'
import { phoneParts } from '#shared/domain/case/phone.ts'
import { withoutClosed } from '#shared/domain/consent/without-closed.ts'

/** What a case can be found by. Registration numbers, accounts, e-mail and 상세주소 are no way to find a case. */
export interface Searchable {
  readonly applicationNo: string
  /** The applicant first, then children, helpers and household; each once. */
  readonly names: readonly string[]
  /** Digits alone. */
  readonly phones: readonly string[]
  readonly road: string
  readonly building: string
  readonly extra: string
}

/** Texts come out in NFC, so that marks fit what is shown. */
export function searchableOf(subject: Case): Searchable {
  const { applicant, children, helpers, household } = subject
  const names = [applicant.name]
  for (const people of [children, helpers, household]) {
    for (const { name } of people) if (!names.includes(name)) names.push(name)
  }
  const phones = [applicant.phone]
  const { contactPhone } = withoutClosed(subject).applicant
  if (contactPhone !== null && !phones.includes(contactPhone)) phones.push(contactPhone)
  for (const { phone } of helpers) if (!phones.includes(phone)) phones.push(phone)
  return {
    applicationNo: subject.applicationNo.normalize('NFC'),
    names: names.map((name) => name.normalize('NFC')),
    phones,
    road: applicant.address.road.normalize('NFC'),
    building: applicant.address.building.normalize('NFC'),
    extra: applicant.address.extra.normalize('NFC')
  }
}

const UNIT = '\u001f'
const GROUP = '\u001e'

/** Hardly a text has one, and a download asks for fifteen texts a case. */
const withoutMarks = (text: string): string =>
  text.includes(UNIT) || text.includes(GROUP) ? text.replaceAll(UNIT, ' ').replaceAll(GROUP, ' ') : text

/** One text that `unpackSearchable` reads back; the application number is kept apart. */
export const packSearchable = ({ names, phones, road, building, extra }: Searchable): string =>
  [names, phones, [road, building, extra]].map((texts) => texts.map(withoutMarks).join(UNIT)).join(GROUP)

export const unpackSearchable = (packed: string, applicationNo: string): Searchable =>
  new PackedSearchable(packed, applicationNo)

/** Each part is taken apart when it is asked for: most cases are told by a name. */
class PackedSearchable implements Searchable {
  readonly applicationNo: string
  private readonly packed: string
  private address: readonly string[] | null = null

  constructor(packed: string, applicationNo: string) {
    this.packed = packed
    this.applicationNo = applicationNo
  }

  get names(): readonly string[] {
    return this.packed.slice(0, this.packed.indexOf(GROUP)).split(UNIT)
  }

  get phones(): readonly string[] {
    const from = this.packed.indexOf(GROUP) + 1
    return this.packed.slice(from, this.packed.indexOf(GROUP, from)).split(UNIT)
  }

  get road(): string {
    return this.addressPart(0)
  }

  get building(): string {
    return this.addressPart(1)
  }

  get extra(): string {
    return this.addressPart(2)
  }

  private addressPart(index: number): string {
    this.address ??= this.packed.slice(this.packed.lastIndexOf(GROUP) + 1).split(UNIT)
    return this.address[index] ?? ''
  }
}

/** Digits of the first block of a number of known shape that begins like this. */
export function firstBlockLength(digits: string): number {
  if (digits.startsWith('02')) return 2
  return digits.startsWith('050') || digits.startsWith('1') ? 4 : 3
}

/** Where the blocks begin, and so a search may; in a number of no known shape anywhere behind its first block. */
export function phoneStarts(digits: string): number[] {
  const parts = phoneParts(digits)
  if (parts === null) {
    const first = firstBlockLength(digits)
    return [0, ...Array.from({ length: Math.max(0, digits.length - first) }, (_, at) => first + at)]
  }
  let next = 0
  return parts.map((part) => {
    const start = next
    next += part.length
    return start
  })
}

/** A word of an address and where it stands in its text. */
export interface AddressWord {
  readonly text: string
  readonly at: number
}

const BREAKS = /[\s,()]/u

/** By hand: an address has five words, and of each a regular expression makes three objects. */
function wordsOf(text: string): AddressWord[] {
  const words: AddressWord[] = []
  let from = 0
  for (let at = 0; at <= text.length; at++) {
    if (at < text.length && !isBreak(text, at)) continue
    if (at > from) words.push({ text: text.slice(from, at), at: from })
    from = at + 1
  }
  return words
}

const [FIRST_LETTER, LAST_ASCII, FIRST_SYLLABLE, LAST_SYLLABLE] = [0x2d, 0x7f, 0xac00, 0xd7a3]

/** Letters, digits and syllables are told without the expression. */
function isBreak(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  const isLetter = (unit >= FIRST_LETTER && unit <= LAST_ASCII) || (unit >= FIRST_SYLLABLE && unit <= LAST_SYLLABLE)
  return !isLetter && BREAKS.test(text.charAt(at))
}

/** The words of 시도 시군구 도로명 that a search may begin with: all but the 시도, which every case shares. */
export function roadWords(road: string): AddressWord[] {
  const words = wordsOf(road)
  return words.length > 1 ? words.slice(1) : words
}

/** 법정동 and the name of the building. */
export const extraWords = (extra: string): AddressWord[] => wordsOf(extra)

/** `152-3` → `152`. */
export const mainBuildingNo = (building: string): string => building.split('-')[0] ?? building

/** `2026-11-0412` → `2026-11` and `0412`. */
export function splitApplicationNo(applicationNo: string): { readonly head: string; readonly tail: string } {
  const cut = applicationNo.lastIndexOf('-')
  return { head: applicationNo.slice(0, Math.max(0, cut)), tail: applicationNo.slice(cut + 1) }
}

export const digitsOf = (text: string): string => text.replace(/\D/g, '')

/** Digits and hyphens alone: the centre's numbers, not the desk's provisional ones. */
export const isNumbered = (text: string): boolean => /^[\d-]+$/.test(text)

/** Lengths of 연도 and 연월, after which the running number may follow without a hyphen. */
export const WRITTEN_TOGETHER = [4, 6] as const
