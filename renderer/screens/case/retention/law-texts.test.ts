import { expect, test } from 'vitest'
import { lawTexts } from './law-texts.ts'

test('a law that is cited for several articles is named once', () => {
  const bases = ['모자보건법 제11조', '아동복지법 제4조', '모자보건법 제12조의2', '정보주체 동의']
  expect(lawTexts(bases)).toEqual(['모자보건법 제11조·제12조의2', '아동복지법 제4조', '정보주체 동의'])
  expect(lawTexts([])).toEqual([])
})
