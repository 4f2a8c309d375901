import { expect, test } from 'vitest'
import { HELD_POLICIES } from '#shared/domain/demo/held-policies.ts'
import { statedWithoutConsent } from '#shared/domain/policy/policy-items.ts'
import { lawLines } from './law-lines.ts'

test('every item that rests on law stands on the form with its basis and its term', () => {
  for (const policy of HELD_POLICIES) {
    const lines = lawLines(policy)
    const named = lines.flatMap(({ groups }) => groups.flatMap(({ items }) => items))
    expect(named).toHaveLength(statedWithoutConsent(policy).length)
    expect(lines.every(({ laws, retention }) => laws.length > 0 && retention !== '')).toBe(true)
  }
})

test('articles of one law stand together, and registration numbers apart from the rest', () => {
  const [policy] = HELD_POLICIES
  const lines = policy ? lawLines(policy) : []
  expect(lines.at(-1)).toEqual({
    groups: [
      { name: '신청자정보', items: ['주민등록번호', '외국인등록번호'] },
      { name: '대상아동정보', items: ['주민등록번호'] },
      { name: '육아조력자정보', items: ['주민등록번호'] },
      { name: '가구구성원정보', items: ['주민등록번호'] }
    ],
    laws: ['사회보장급여의 이용·제공 및 수급권자 발굴에 관한 법률 시행령 제28조'],
    retention: '만능키 서비스 지원신청 후 5년'
  })
  expect(lines[0]?.laws[0]).toBe('사회보장급여의 이용·제공 및 수급권자 발굴에 관한 법률 제7조, 제19조, 제34조')
})
