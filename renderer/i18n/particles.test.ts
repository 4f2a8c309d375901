import { expect, test } from 'vitest'
import { withParticles } from './particles.ts'

test.each([
  ['지급(으)로 바꿨습니다', '지급으로 바꿨습니다'],
  ['종결대기(으)로', '종결대기로'],
  ['강남구청길(으)로', '강남구청길로'],
  ['‘적합’(으)로는', '‘적합’으로는'],
  ['‘접수’(으)로는', '‘접수’로는'],
  ['계좌을(를) 봅니다', '계좌를 봅니다'],
  ['주민등록번호은(는)', '주민등록번호는'],
  ['조력자 이름은(는)', '조력자 이름은'],
  ['이메일(선택)은(는)', '이메일(선택)은(는)'],
  ['abc(으)로', 'abc(으)로']
])('%s reads %s', (text, read) => {
  expect(withParticles(text)).toBe(read)
})
