import type { Address, BankAccount } from '#shared/domain/case/case.ts'
import { expectedCheckDigit } from '#shared/domain/case/rrn.ts'
import { romanise } from '#shared/domain/district/romanise.ts'
import type { IsoDate } from '#shared/foundation/primitives.ts'
import { dayText, sixDigits } from './day-texts.ts'
import {
  CHILD_NAMES,
  ELDER_NAMES,
  FOREIGN_NAMES,
  LONG_NAMES,
  PARENT_NAMES,
  SHORT_NAMES,
  SURNAMES
} from './name-lists.ts'
import { type DemoRandom, weighted } from './random.ts'
import { HOUSE_KINDS, HOUSE_NAMES, ROADS_BY_DISTRICT } from './road-lists.ts'

export type Sex = 'female' | 'male'
export type Generation = 'elder' | 'parent' | 'child'

const NAMES = { elder: ELDER_NAMES, parent: PARENT_NAMES, child: CHILD_NAMES } as const

export const surname = (random: DemoRandom): string => random.pick(SURNAMES)

/** A full name of the family; one in fifty has two letters, a few have four or more. */
export function koreanName(random: DemoRandom, family: string, person: { generation: Generation; sex: Sex }): string {
  const lot = random.below(1000)
  if (lot < 20) return family + random.pick(SHORT_NAMES)
  if (lot < 24 && person.generation !== 'elder') return family + random.pick(LONG_NAMES)
  return family + random.pick(NAMES[person.generation][person.sex])
}

export const foreignName = (random: DemoRandom, sex: Sex): string => random.pick(FOREIGN_NAMES[sex])

/** From this day on the last six digits are random (주민등록법 시행규칙, 5 October 2020). */
const RANDOM_SINCE: IsoDate = '2020-10-05'

/**
 * A registration number of the right form. One of somebody born before October 2020 carries a check digit that the rule
 * of its time never gave, so that it cannot be the number of anybody alive.
 */
export function registrationNo(
  random: DemoRandom,
  person: { birthDay: number; sex: Sex; kind: 'resident' | 'foreigner' }
): string {
  const birth = dayText(person.birthDay)
  const base = (birth < '2000' ? 1 : 3) + (person.kind === 'foreigner' ? 4 : 0)
  const seventh = person.sex === 'male' ? base : base + 1
  const head = `${birth.slice(2, 4)}${birth.slice(5, 7)}${birth.slice(8)}${seventh}`
  if (birth >= RANDOM_SINCE) return head + sixDigits(random.below(1_000_000))
  const twelve = head + sixDigits(random.below(100_000) * 10).slice(0, 5)
  return twelve + ((expectedCheckDigit(twelve, person.kind) + random.between(1, 9)) % 10)
}

/** A mobile number whose exchange begins with 0 or 1: no such exchange is given to anybody. */
export const phone = (random: DemoRandom): string =>
  `010${random.below(2)}${random.below(10)}${sixDigits(random.below(1_000_000))}`

const BANK_SHARES = weighted([
  ['004', 22],
  ['088', 18],
  ['020', 13],
  ['011', 12],
  ['081', 10],
  ['090', 9],
  ['003', 6],
  ['092', 4],
  ['071', 2],
  ['045', 2],
  ['048', 1],
  ['023', 1]
] as const)

export const account = (random: DemoRandom, holder: string): BankAccount => ({
  bankCode: random.pick(BANK_SHARES),
  number: `${random.between(100, 999)}${sixDigits(random.below(1_000_000))}${random.between(100, 99_999)}`,
  holder
})

export function address(random: DemoRandom, districtCode: string, districtName: string): Address {
  const place = ROADS_BY_DISTRICT[districtCode]
  if (place === undefined) throw new Error('every district has roads')
  const [road, legalDong] = random.pick(place.roads)
  const flat = random.chance(78)
  return {
    postcode: `${random.pick(place.postcodes)}${random.between(10, 99)}`,
    road: `서울특별시 ${districtName} ${road}`,
    building: random.chance(30) ? `${random.between(1, 480)}-${random.between(1, 32)}` : `${random.between(1, 480)}`,
    detail: flat
      ? `${random.between(101, 118)}동 ${random.between(1, 25)}${random.pick(['01', '02', '03', '04', '05', '06'])}호`
      : random.pick(['', '101호', '201호', '202호', '301호', '지하 1층']),
    extra: flat ? `${legalDong}, ${random.pick(HOUSE_NAMES)}${random.pick(HOUSE_KINDS)}` : legalDong
  }
}

const MAIL_HOSTS = ['example.com', 'example.net', 'example.org'] as const

/** `jiyeong83`: the name's sound and two digits. */
export function loginId(random: DemoRandom, name: string): string {
  return `${latinOf(name.slice(1))}${random.between(10, 99)}`
}

export const email = (random: DemoRandom, login: string): string => `${login}@${random.pick(MAIL_HOSTS)}`

const latin = new Map<string, string>()

function latinOf(name: string): string {
  const known = latin.get(name)
  if (known !== undefined) return known
  const made = romanise(name)
    .toLowerCase()
    .replace(/[^a-z]/g, '')
  latin.set(name, made)
  return made
}

const MOST_YEARS = 365.25

/** A birthday of somebody so many years old on the day. */
export const birthDayAt = (random: DemoRandom, on: number, years: { least: number; most: number }): number =>
  on - Math.floor(random.between(Math.floor(years.least * MOST_YEARS), Math.floor(years.most * MOST_YEARS)))
