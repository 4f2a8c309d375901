import { convertHangulToQwerty, disassemble, getChoseong } from 'es-hangul'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hangulOfKeys } from './keyboard.ts'
import { matchQuery } from './match.ts'
import { parseQuery, queryKinds } from './parse-query.ts'
import { planQuery } from './plan-query.ts'
import { searchTerms } from './search-terms.ts'
import { packSearchable, type Searchable, unpackSearchable } from './searchable.ts'
import { showMatch } from './show-match.ts'
import { TermHasher, termKeyOf } from './term-hash.ts'

const hasher = new TermHasher(termKeyOf(Uint8Array.from({ length: 16 }, (_, at) => at * 7)))

const base: Searchable = {
  applicationNo: '2026-11-0412',
  names: ['김민수', '김하준', 'NGUYEN THI LAN'],
  phones: ['01012345678', '025551234'],
  road: '서울특별시 강남구 테헤란로87길',
  building: '152-3',
  extra: '역삼1동, 늘봄아파트'
}

/** Found by the terms of the index, and then let through by the check. */
function isFound(text: string, searchable: Searchable): boolean {
  const query = parseQuery(text)
  return isCandidate(text, searchable) && matchQuery(query, searchable) !== null
}

function isCandidate(text: string, searchable: Searchable): boolean {
  const terms = [...searchTerms(searchable, hasher)]
  const plan = planQuery(parseQuery(text), hasher)
  return plan.every((word) =>
    word.some(({ ranges }) => ranges.every(({ low, high }) => terms.some((term) => term >= low && term <= high)))
  )
}

describe('a case is found by', () => {
  test.each([
    ...['김', '민', '수', '김민', '민수', '김민수', '하준'],
    ...['ㄱ', 'ㄱㅁ', 'ㅁㅅ', 'ㄱㅁㅅ', 'ㄱㅎㅈ', 'ㄲㅁㅆ'],
    ...['김민ㅅ', 'ㄱ민ㅅ', '김ㅁ수', 'ㄱ민수', '민ㅅ'],
    ...['기', '김미', '미', '김하ㅈ', '핮', '김핮', '하주'],
    ...['rlaalstn', 'RLAALSTN', 'rlaals', 'rla', 'r', 'rlaal', 'gkwns'],
    ...['NGUYEN', 'nguyen', 'uye', 'n', 'thilan', 'Nguyễn thị', 'lan', 'ㅜ혀ㅛ두'],
    ...['1', '12', '123', '1234', '5', '5678', '010', '01012', '0101234', '12345678', '010-1234-5678', '1234-56'],
    ...['02', '0255', '5551234', '555', '02-555-1234', '010 5678', '+821012345678'],
    ...['0412', '04', '041', '2026-11-0412', '2026-11', '2026-11-', '2026-11-04', '202611041', '2026110412'],
    ...[
      '테',
      '테헤',
      '테헤란',
      '테헤란로',
      '테헤란로8',
      '테헤란로87길',
      '강남',
      '역삼',
      '역삼1동',
      '늘봄',
      '늘봄아파트'
    ],
    ...['텧', '역ㅅ', '역사', '테헤라', '테헤란ㄹ', '늘보', 'xpgpfks'],
    ...['김민수 5678', '김 5678', '테헤란로87길 152-3', '테헤란 152', '152-3', 'ㄱㅁㅅ 역삼', 'lan 김']
  ])('%s', (text) => {
    expect(isFound(text, base)).toBe(true)
  })
})

describe('a case is not found by', () => {
  test.each([
    ...['이', '김수', '수민', 'ㅁㄱ', 'ㅅㅎ', '김민ㅎ', '감', '깅', 'ㅏ', '김민 '],
    ...['78', '345', '0105678', '152', '2', '26', '2027-11', '11-0412'],
    ...['헤란', '서울', '삼동', 'ㅌㅎㄹ', '803', '김민수 9999', '', ' ', '-', "'"]
  ])('%j', (text) => {
    expect(isFound(text, base)).toBe(text === '김민 ')
  })
})

test('a provisional number is found as it is written', () => {
  const provisional = { ...base, applicationNo: '임시-12' }
  const found = ['임', '임시', '임시-', '임시-1', '임시-12', '12'].filter((text) => isFound(text, provisional))
  expect(found).toEqual(['임', '임시', '임시-', '임시-1', '임시-12', '12'])
  expect(isFound('임시-2', provisional)).toBe(false)
})

test('a finished word means its last syllable as it stands, an unfinished one all that it can become', () => {
  const names = (...all: string[]) => ({ ...base, names: all, extra: '' })
  expect(['김', '기', '깃'].map((name) => isFound('기', names(`${name}수`)))).toEqual([true, true, true])
  expect(['김', '기', '깃'].map((name) => isFound('기 ', names(`${name}수`)))).toEqual([false, true, false])
  expect(isFound('구', names('권나라'))).toBe(true)
  expect(isFound('초', names('최나라'))).toBe(true)
  expect(isFound('값', names('갑수'))).toBe(true)
})

const INITIALS = [...'ㄱㄴㅅㅁ']
const VOWELS = [0, 8, 9]
const FINALS = [0, 1, 4, 16, 18]
const syllable = fc
  .tuple(fc.constantFrom(0, 2, 9, 6), fc.constantFrom(...VOWELS), fc.constantFrom(...FINALS))
  .map(([first, vowel, final]) => String.fromCharCode(0xac00 + (first * 21 + vowel) * 28 + final))
const koreanName = fc.array(syllable, { minLength: 1, maxLength: 4 }).map((units) => units.join(''))
const latinName = fc.string({ unit: fc.constantFrom(...'ABkr -'), minLength: 1, maxLength: 6 })
const phone = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('010', '02', '0502', '031'),
      fc.constantFrom('121', '1212', '2020'),
      fc.constantFrom('0102', '1202')
    )
    .map((parts) => parts.join('')),
  fc.string({ unit: fc.constantFrom(...'0129'), minLength: 8, maxLength: 12 })
)
const searchable: fc.Arbitrary<Searchable> = fc.record({
  applicationNo: fc.constantFrom(
    '2026-11-0412',
    '2026-11-12',
    '2026-0121',
    '임시-12',
    '임시-3-7',
    '20',
    '2020-02-020202'
  ),
  names: fc.array(fc.oneof(koreanName, latinName), { minLength: 1, maxLength: 4 }),
  phones: fc.array(phone, { minLength: 1, maxLength: 3 }),
  road: fc.constantFrom('서울특별시 강남구 나소로1길', '경기도 가마소길', '소모나로12번길', '서울특별시 중구 가로'),
  building: fc.constantFrom('', '12', '12-1', '지하 2'),
  extra: fc.constantFrom('', '나소동', '가나동, 가마소나무아파트', '소2동(마곡)')
})
const typed = fc.oneof(
  fc
    .array(fc.oneof(syllable, fc.constantFrom(...INITIALS, 'ㄳ')), { minLength: 1, maxLength: 4 })
    .map((all) => all.join('')),
  fc.string({ unit: fc.constantFrom(...'abkrsntmlo'), minLength: 1, maxLength: 6 }),
  fc.string({ unit: fc.constantFrom(...'0129-'), minLength: 1, maxLength: 12 }),
  fc.constantFrom('나소', '가마소', '나손', '소모나로12번길', '임시-12', '임시-3', '중구', '2026-1')
)
const text = fc
  .array(typed, { minLength: 1, maxLength: 3 })
  .chain((words) => fc.constantFrom(words[0] ?? '', words.join(' '), `${words.join(' ')} `))

test('the terms never lose a case that the check would let through', () => {
  fc.assert(
    fc.property(searchable, text, (one, query) => {
      expect(matchQuery(parseQuery(query), one) !== null && !isCandidate(query, one)).toBe(false)
    }),
    { numRuns: 3000 }
  )
})

test('a plan that calls itself exact finds nothing else', () => {
  fc.assert(
    fc.property(searchable, text, (one, query) => {
      const plan = planQuery(parseQuery(query), hasher)
      const isExact = plan.every((word) => word.every(({ exact }) => exact))
      expect(isExact && isCandidate(query, one) && matchQuery(parseQuery(query), one) === null).toBe(false)
    }),
    { numRuns: 3000 }
  )
})

test('what counts as a hit in a Korean name agrees with taking the keys apart one by one', () => {
  const hangul = fc.array(fc.oneof(syllable, fc.constantFrom(...INITIALS)), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(koreanName, hangul, (name, units) => {
      const found = matchQuery(parseQuery(units.join('')), {
        ...base,
        applicationNo: '',
        names: [name],
        road: '',
        extra: ''
      })
      expect(found !== null).toBe([...name].some((_, at) => isTypedFrom([...name].slice(at), units)))
    }),
    { numRuns: 3000 }
  )
})

/** Every unit but the last as it is or by its 초성; the last as far as its keys go. */
function isTypedFrom(letters: readonly string[], units: readonly string[]): boolean {
  const before = units.slice(0, -1)
  const last = units.at(-1) ?? ''
  const fits = (unit: string, letter: string | undefined) =>
    letter !== undefined && (unit === letter || unit === getChoseong(letter))
  if (!before.every((unit, at) => fits(unit, letters[at]))) return false
  const rest = letters.slice(before.length)
  return rest.length > 0 && disassemble(rest.join('')).startsWith(disassemble(last))
}

test('keys typed in the wrong mode become the Hangul that they mean', () => {
  expect(['rlaalstn', 'rt', 'rkqt', 'ghkd', 'rnjs', 'Rkcl', 'mlr', 'nguyen', 'a1'].map(hangulOfKeys)).toEqual([
    ...['김민수', 'ㄱㅅ', '값', '황', '권', '까치'],
    ...[null, null, null]
  ])
  fc.assert(
    fc.property(koreanName, (name) => {
      expect(hangulOfKeys(convertHangulToQwerty(name))).toBe(name)
    })
  )
})

test('the wrong keyboard mode finds whatever the right one finds', () => {
  fc.assert(
    fc.property(koreanName, fc.array(syllable, { minLength: 1, maxLength: 2 }), (name, units) => {
      const one = { ...base, names: [name], road: '', extra: '' }
      expect(isFound(convertHangulToQwerty(units.join('')), one)).toBe(isFound(units.join(''), one))
    }),
    { numRuns: 1000 }
  )
})

test('what a case is found by survives its packing', () => {
  fc.assert(
    fc.property(searchable, (one) => {
      const { applicationNo, names, phones, road, building, extra } = unpackSearchable(
        packSearchable(one),
        one.applicationNo
      )
      expect({ applicationNo, names, phones, road, building, extra }).toEqual(one)
    })
  )
})

describe('a hit shows where it is, masked as everywhere else', () => {
  const shown = (text: string) => {
    const matches = matchQuery(parseQuery(text), base)
    return matches === null ? null : showMatch(matches, base)
  }
  test('in the columns of the list', () => {
    expect(shown('민ㅅ')).toEqual({ matched: 'applicantName', shown: '김민수', marks: [[1, 3]] })
    expect(shown('0412')).toEqual({ matched: 'applicationNo', shown: '2026-11-0412', marks: [[8, 12]] })
    expect(shown('202611041')).toEqual({ matched: 'applicationNo', shown: '2026-11-0412', marks: [[0, 11]] })
  })
  test('in another name, two words in one text', () => {
    expect(shown('thi nguyen')).toEqual({
      matched: 'otherName',
      shown: 'NGUYEN THI LAN',
      marks: [
        [0, 6],
        [7, 10]
      ]
    })
    expect(shown('김하')).toEqual({ matched: 'otherName', shown: '김하준', marks: [[0, 2]] })
  })
  test('in a phone, whose middle stays masked', () => {
    expect(shown('5678')).toEqual({ matched: 'phone', shown: '010-****-5678', marks: [[9, 13]] })
    expect(shown('123456')).toEqual({ matched: 'phone', shown: '010-****-5678', marks: [[4, 11]] })
    expect(shown('김민수 01012')).toEqual({ matched: 'phone', shown: '010-****-5678', marks: [[0, 6]] })
  })
  test('in the address, down to the road', () => {
    const line = '서울특별시 강남구 테헤란로87길 *** (역삼1동, ***)'
    expect(shown('테헤란')).toEqual({ matched: 'address', shown: line, marks: [[10, 13]] })
    expect(shown('역사')).toEqual({ matched: 'address', shown: line, marks: [[23, 25]] })
    expect(shown('늘봄')).toEqual({ matched: 'address', shown: line, marks: [[29, 32]] })
    expect(shown('테헤란 152')).toEqual({
      matched: 'address',
      shown: line,
      marks: [
        [10, 13],
        [18, 21]
      ]
    })
  })
})

test('the log learns what kind of text was typed, never the text', () => {
  expect(['ㄱㅁㅅ', 'r', '김민수 5678', '2026-11', ''].map((typedText) => queryKinds(parseQuery(typedText)))).toEqual([
    'initials',
    'initials',
    'number text',
    'number',
    ''
  ])
})
