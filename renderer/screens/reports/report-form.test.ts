import { expect, test } from 'vitest'
import { fileNameOf, formToOrder, freshForm, wrongFields } from './report-form.ts'

const TODAY = '2026-11-26'
const filled = { ...freshForm(TODAY), purpose: '11월 정기 점검', password: 'x' }
const ID = '01935a00-0000-7000-8000-000000000001'
const PERSON = '01935a00-0000-7000-8000-000000000002'

test('a fresh form asks for a month, for a purpose and for her password', () => {
  expect(freshForm(TODAY)).toMatchObject({ from: '2026-10-27', to: TODAY, deleteBy: '2027-11-26' })
  expect(wrongFields(freshForm(TODAY), TODAY)).toEqual(['purpose', 'password'])
  expect(wrongFields(filled, TODAY)).toEqual([])
})

test('a period that is turned round, a day of deletion that is over and a short password of the file are told', () => {
  const wrong = {
    ...filled,
    to: '2026-01-01',
    deleteBy: TODAY,
    format: 'xlsx_encrypted',
    filePassword: 'short'
  } as const
  expect(wrongFields(wrong, TODAY)).toEqual(['to', 'filePassword', 'deleteBy'])
})

test('one person is asked for where the kind knows persons, and is forgotten where it does not', () => {
  expect(formToOrder(ID, { ...filled, accountId: PERSON }).scope).toEqual({ type: 'account', accountId: PERSON })
  expect(formToOrder(ID, { ...filled, kind: 'destruction', accountId: PERSON }).scope).toEqual({ type: 'district' })
})

test('the name that is proposed leads nowhere', () => {
  expect(fileNameOf('보유·파기 관리대장', { ...filled, format: 'pdf' })).toMatch(/\.pdf$/)
  expect(fileNameOf('보유·파기 관리대장', filled)).toBe('보유 파기 관리대장 2026-10-27 2026-11-26.xlsx')
})
