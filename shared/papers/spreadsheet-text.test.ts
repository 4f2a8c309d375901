import { expect, test } from 'vitest'
import { spreadsheetText } from './spreadsheet-text.ts'

test('nothing that a person typed runs as a formula, also behind blanks, marks without width and wide signs', () => {
  const attacks = ['=1+1', '+82', '-1', '@SUM(A1)', ' =1', '\t=1', '\r=1', '\u200b=1', '＝1', '＠x']
  for (const attack of attacks) expect(spreadsheetText(attack).startsWith("'")).toBe(true)
})

test('what is no formula stays as it is, on one line', () => {
  expect(['김민수', '010-1234-5678', '(06232) 서울 1-2', ''].map(spreadsheetText)).toEqual([
    ...['김민수', '010-1234-5678', '(06232) 서울 1-2', '']
  ])
  expect(spreadsheetText('위\r\n아래\t옆')).toBe('위 아래 옆')
})
