import { convertHangulToQwerty, getChoseong } from 'es-hangul'
import type { Searchable } from '#shared/domain/search/searchable.ts'

/** A kind of query, and the n-th of it, drawn from the cases themselves, so that common ones come often. */
export interface QueryClass {
  readonly name: string
  /** The aim covers these: one to three characters. */
  readonly isShort: boolean
  readonly queryOf: (at: number) => string
}

export function queryClasses(sample: readonly Searchable[]): QueryClass[] {
  const names = sample.flatMap((one) => one.names)
  const korean = drawn(names.filter((name) => /^[가-힣]{3}$/.test(name)))
  const latin = drawn(names.filter((name) => /^[A-Za-z ]{4,}$/.test(name)))
  const phones = drawn(sample.flatMap((one) => one.phones))
  const one = drawn(sample)
  const lastBlock = (at: number): string => phones(at).slice(-4)
  const roadOf = ({ road }: Searchable): string => road.split(' ').at(-1) ?? ''
  const short = (name: string, queryOf: (at: number) => string): QueryClass => ({ name, isShort: true, queryOf })
  const long = (name: string, queryOf: (at: number) => string): QueryClass => ({ name, isShort: false, queryOf })
  return [
    short('one syllable', (at) => korean(at).charAt(at % 3)),
    short('one syllable, half typed', (at) => withoutFinal(korean(at).charAt(at % 3))),
    short('two syllables', (at) => korean(at).slice(at % 2, (at % 2) + 2)),
    short('three syllables', (at) => korean(at)),
    short('one 초성', (at) => getChoseong(korean(at)).charAt(at % 3)),
    short('two 초성', (at) => getChoseong(korean(at)).slice(at % 2, (at % 2) + 2)),
    short('three 초성', (at) => getChoseong(korean(at))),
    short('mixed, 김민ㅅ', (at) => korean(at).slice(0, 2) + getChoseong(korean(at).charAt(2))),
    short(
      'mixed, ㄱ민ㅅ',
      (at) => `${getChoseong(korean(at).charAt(0))}${korean(at).charAt(1)}${getChoseong(korean(at).charAt(2))}`
    ),
    short('one digit', (at) => lastBlock(at).slice(0, 1)),
    short('two digits', (at) => lastBlock(at).slice(0, 2)),
    short('three digits', (at) => lastBlock(at).slice(0, 3)),
    short('three Latin letters', (at) => latin(at).slice(0, 3)),
    long('wrong keyboard mode', (at) => convertHangulToQwerty(korean(at))),
    long('last four digits', (at) => lastBlock(at)),
    long('whole phone', (at) => phones(at)),
    long('application number', (at) => one(at).applicationNo),
    long('its running part', (at) => one(at).applicationNo.split('-').at(-1) ?? ''),
    long('road, two letters', (at) => roadOf(one(at)).slice(0, 2)),
    long('road', (at) => roadOf(one(at))),
    long('surname and last four', (at) => `${one(at).names[0]?.charAt(0)} ${one(at).phones[0]?.slice(-4)}`),
    long('name and last four', (at) => `${one(at).names[0]} ${one(at).phones[0]?.slice(-4)}`),
    long('surname and road', (at) => `${one(at).names[0]?.charAt(0)} ${roadOf(one(at))}`)
  ]
}

/** Evenly over the list, in an order that is the same every time. */
const drawn =
  <T>(list: readonly T[]) =>
  (at: number): T => {
    const one = list[(at * 7919) % list.length]
    if (one === undefined) throw new Error('no sample of this kind')
    return one
  }

const withoutFinal = (syllable: string): string => {
  const index = syllable.charCodeAt(0) - 0xac00
  return String.fromCharCode(0xac00 + index - (index % 28))
}
