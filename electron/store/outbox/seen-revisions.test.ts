import { expect, test } from 'vitest'
import { hasMarks, markedCommand, markOf, resolveMarks } from './seen-revisions.ts'

test('a mark stands for one command of this PC and is never taken for a revision', () => {
  expect([markedCommand(markOf(7)), markedCommand(7), markedCommand(1)]).toEqual([7, null, null])
  expect([hasMarks({ state: 3 }), hasMarks({ state: 3, 'applicant.phone': markOf(1) }), hasMarks({})]).toEqual([
    false,
    true,
    false
  ])
})

test('only the marks that something is known about are replaced', () => {
  const base = { state: markOf(1), 'applicant.phone': markOf(2), 'applicant.email': 4 }
  expect(resolveMarks(base, (command) => (command === 1 ? 9 : null))).toEqual({
    state: 9,
    'applicant.phone': markOf(2),
    'applicant.email': 4
  })
})
