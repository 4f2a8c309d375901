import type { DistrictCode } from '#shared/foundation/primitives.ts'

export interface District {
  /** 자치구 code, five digits. */
  readonly code: DistrictCode
  readonly name: string
  readonly englishName: string
}

/** The 25 자치구 of Seoul, in the order of their codes. */
export const DISTRICTS: readonly District[] = [
  { code: '11110', name: '종로구', englishName: 'Jongno-gu' },
  { code: '11140', name: '중구', englishName: 'Jung-gu' },
  { code: '11170', name: '용산구', englishName: 'Yongsan-gu' },
  { code: '11200', name: '성동구', englishName: 'Seongdong-gu' },
  { code: '11215', name: '광진구', englishName: 'Gwangjin-gu' },
  { code: '11230', name: '동대문구', englishName: 'Dongdaemun-gu' },
  { code: '11260', name: '중랑구', englishName: 'Jungnang-gu' },
  { code: '11290', name: '성북구', englishName: 'Seongbuk-gu' },
  { code: '11305', name: '강북구', englishName: 'Gangbuk-gu' },
  { code: '11320', name: '도봉구', englishName: 'Dobong-gu' },
  { code: '11350', name: '노원구', englishName: 'Nowon-gu' },
  { code: '11380', name: '은평구', englishName: 'Eunpyeong-gu' },
  { code: '11410', name: '서대문구', englishName: 'Seodaemun-gu' },
  { code: '11440', name: '마포구', englishName: 'Mapo-gu' },
  { code: '11470', name: '양천구', englishName: 'Yangcheon-gu' },
  { code: '11500', name: '강서구', englishName: 'Gangseo-gu' },
  { code: '11530', name: '구로구', englishName: 'Guro-gu' },
  { code: '11545', name: '금천구', englishName: 'Geumcheon-gu' },
  { code: '11560', name: '영등포구', englishName: 'Yeongdeungpo-gu' },
  { code: '11590', name: '동작구', englishName: 'Dongjak-gu' },
  { code: '11620', name: '관악구', englishName: 'Gwanak-gu' },
  { code: '11650', name: '서초구', englishName: 'Seocho-gu' },
  { code: '11680', name: '강남구', englishName: 'Gangnam-gu' },
  { code: '11710', name: '송파구', englishName: 'Songpa-gu' },
  { code: '11740', name: '강동구', englishName: 'Gangdong-gu' }
]

const BY_CODE: ReadonlyMap<string, District> = new Map(DISTRICTS.map((district) => [district.code, district]))

export const districtByCode = (code: string): District | undefined => BY_CODE.get(code)
