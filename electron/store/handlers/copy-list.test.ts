import { afterEach, beforeEach, expect, test } from 'vitest'
import { sampleIntake } from '#shared/domain/demo/sample-intake.ts'
import { openTestDesk, type TestDesk } from '../testing/test-desk.ts'
import { copyList } from './copy-list.ts'

let desk: TestDesk
beforeEach(() => {
  desk = openTestDesk()
})
afterEach(() => desk.close())

const ALL = { service: null, state: null, dongCode: null, dueUntil: null, mineOnly: false }
const copiedNames = (): string[] => {
  const sort = { column: 'appliedOn', descending: false } as const
  const { text } = copyList(desk.db, { filter: ALL, sort, me: desk.actor.id, locale: 'ko' })
  return text
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split('\t')[1] ?? '')
}

test('a name that a spreadsheet would run as a formula, or that would break the table, is copied as plain text', () => {
  const names = ['=1+1', '+82', '-1', '@SUM(A1)', '가\t나\n다', '김=수']
  for (const name of names) desk.register({ applicant: { ...sampleIntake().applicant, name } })
  expect(copiedNames()).toEqual(["'=1+1", "'+82", "'-1", "'@SUM(A1)", '가 나 다', '김=수'])
})
