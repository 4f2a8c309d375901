import type { DistrictCode, DongCode } from '#shared/foundation/primitives.ts'
import { DONGS_BY_DISTRICT } from './dong-codes.ts'
import { romanise } from './romanise.ts'

export interface Dong {
  /** 행정동 code, ten digits; the first five are the 자치구. */
  readonly code: DongCode
  readonly districtCode: DistrictCode
  readonly name: string
  readonly englishName: string
}

/** Every 행정동 of Seoul, in the order of their codes. */
export const DONGS: readonly Dong[] = Object.entries(DONGS_BY_DISTRICT).flatMap(([districtCode, list]) =>
  list.split(/,\s+/).map((entry): Dong => {
    const [ending = '', name = ''] = entry.split(' ')
    return { code: `${districtCode}${ending}`, districtCode, name, englishName: englishDongName(name) }
  })
)

const BY_CODE: ReadonlyMap<string, Dong> = new Map(DONGS.map((dong) => [dong.code, dong]))

const BY_DISTRICT: ReadonlyMap<string, readonly Dong[]> = new Map(
  Object.keys(DONGS_BY_DISTRICT).map((code) => [code, DONGS.filter((dong) => dong.districtCode === code)])
)

export const dongByCode = (code: string): Dong | undefined => BY_CODE.get(code)

/** The 행정동 of a 자치구; none for a code that is not one. */
export const dongsOf = (districtCode: string): readonly Dong[] => BY_DISTRICT.get(districtCode) ?? []

/** Whether the 행정동 exists and lies in the 자치구. */
export const isDongOf = (districtCode: string, dongCode: string): boolean =>
  BY_CODE.get(dongCode)?.districtCode === districtCode

/** `역삼1동` → `Yeoksam 1-dong`, `성수1가제2동` → `Seongsu 1-ga 2-dong`, `사직동` → `Sajik-dong`. */
export function englishDongName(name: string): string {
  const [, stem = '', number] = /^(.*?)(?:제?([\d·]+))?동$/u.exec(name) ?? []
  const [, root = stem, ga] = /^(\D*?)([\d·]+)가$/u.exec(stem) ?? []
  const words = [capitalised(romanise(root))]
  if (ga !== undefined) words.push(`${englishNumber(ga)}-ga`)
  return number === undefined ? `${words.join(' ')}-dong` : `${words.join(' ')} ${englishNumber(number)}-dong`
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function englishNumber(number: string): string {
  return number.replaceAll('·', '.')
}
