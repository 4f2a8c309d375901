import { beforeEach, expect, test } from 'vitest'
import type { AccessAct } from './access-log.ts'
import { createLooks, LOOK_MS, type Looks } from './looks.ts'

const CASE: AccessAct = { act: 'view', caseIds: ['one'], detail: { shown: 'case' } }
const OTHER_CASE: AccessAct = { act: 'view', caseIds: ['two'], detail: { shown: 'case' } }
const PREVIEW: AccessAct = { act: 'view', caseIds: ['one'], detail: { shown: 'preview' } }
const LIST: AccessAct = { act: 'list', caseIds: ['one', 'two'] }

let now = 0
let looks: Looks
beforeEach(() => {
  now = 0
  looks = createLooks({ monotonicMs: () => now })
})

const recorded = (...acts: AccessAct[]) => acts.map((act) => looks.isNew(act))

test('a case that is read again after a change is one look, not one for each change', () => {
  expect(recorded(CASE, CASE, CASE)).toEqual([true, false, false])
})

test('a list and its summary that are read again together are one look each', () => {
  expect(recorded(LIST, PREVIEW, LIST, PREVIEW)).toEqual([true, true, false, false])
})

test('another case is another look, and so is the way back to the first', () => {
  expect(recorded(CASE, OTHER_CASE, CASE)).toEqual([true, true, true])
})

test('leaving the case for the list and opening it again is a new look', () => {
  expect(recorded(CASE, LIST, CASE)).toEqual([true, true, true])
})

test('a list that shows one case more is a new look', () => {
  expect(recorded(LIST, { ...LIST, caseIds: ['one', 'two', 'three'] })).toEqual([true, true])
})

test('what stays open is recorded again after ten minutes', () => {
  expect(recorded(CASE)).toEqual([true])
  now = LOOK_MS - 1
  expect(recorded(CASE)).toEqual([false])
  now = LOOK_MS
  expect(recorded(CASE)).toEqual([true])
})
