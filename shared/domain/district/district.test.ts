import { expect, test } from 'vitest'
import { DISTRICTS, districtByCode } from './district.ts'
import { DONGS, dongByCode, dongsOf, englishDongName, isDongOf } from './dong.ts'
import { romanise } from './romanise.ts'

test('Seoul has 25 자치구 with 427 행정동, each with a code of its own that begins with its 자치구', () => {
  expect(DISTRICTS.length).toBe(25)
  expect(DONGS.length).toBe(427)
  expect(new Set(DONGS.map(({ code }) => code)).size).toBe(427)
  expect(DONGS.filter(({ code, districtCode }) => !/^11\d{8}$/.test(code) || !code.startsWith(districtCode))).toEqual(
    []
  )
  expect(DISTRICTS.filter(({ code }) => dongsOf(code).length < 10)).toEqual([])
})

test('no 자치구 has two 동 of one name', () => {
  const doubles = DISTRICTS.filter(({ code }) => {
    const names = dongsOf(code).map(({ name }) => name)
    return new Set(names).size < names.length
  })
  expect(doubles).toEqual([])
})

test('a 동 belongs to its 자치구 alone: 강남구 and 관악구 both have a 신사동', () => {
  expect(isDongOf('11680', '1168051000')).toBe(true)
  expect(isDongOf('11440', '1168051000')).toBe(false)
  expect(isDongOf('11680', '1168099999')).toBe(false)
  expect([dongByCode('1168051000')?.name, dongByCode('1162068500')?.name]).toEqual(['신사동', '신사동'])
})

test('names of 동 read in English', () => {
  expect(
    ['역삼1동', '청운효자동', '성수1가제2동', '종로1·2·3·4가동', '홍제제3동', '신림동'].map(englishDongName)
  ).toEqual([
    'Yeoksam 1-dong',
    'Cheongunhyoja-dong',
    'Seongsu 1-ga 2-dong',
    'Jongno 1.2.3.4-ga-dong',
    'Hongje 3-dong',
    'Sillim-dong'
  ])
})

test('the sound changes of the standard are written, as in the official English names of all 25 자치구', () => {
  const stem = (name: string): string => name.slice(0, -1)
  expect(DISTRICTS.map(({ name }) => romanise(stem(name)))).toEqual(
    DISTRICTS.map(({ englishName }) => englishName.replace('-gu', '').toLowerCase())
  )
  expect(
    ['왕십리', '청량리', '압구정', '한강로', '정릉', '북아현', '독립문', '합정', '설악', '학여울'].map(romanise)
  ).toEqual([
    'wangsimni',
    'cheongnyangni',
    'apgujeong',
    'hangangno',
    'jeongneung',
    'bugahyeon',
    'dongnimmun',
    'hapjeong',
    'seorak',
    'hagyeoul'
  ])
})

test('an unknown code has no district', () => {
  expect([districtByCode('11680')?.name, districtByCode('11000')]).toEqual(['강남구', undefined])
})
