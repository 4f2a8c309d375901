import { expect, test } from 'vitest'
import { type Case, caseSchema } from '#shared/domain/case/case.ts'
import { fieldGrounds } from '#shared/domain/case/held.ts'
import { schemaGrounds } from '#shared/domain/case/schema-grounds.ts'
import { sampleIntake } from '#shared/domain/demo/sample-intake.ts'
import { CLEAR_FIELDS, joinCase, splitCase } from './split-case.ts'

const subject: Case = {
  ...sampleIntake(),
  id: '01935a00-0000-7000-8000-000000000001',
  applicationNo: '2026-11-0001',
  districtCode: '11680',
  state: 'received',
  dueOn: '2026-12-20',
  assigneeId: null,
  history: [],
  conflicts: [],
  documents: [],
  edits: [],
  holds: []
}

test('every leaf that holds personal data lies in the sealed part, none in the clear columns', () => {
  const held = schemaGrounds(caseSchema).filter(({ ground }) => ground?.item != null)
  expect(held.map(({ path }) => path)).toEqual(expect.arrayContaining(['applicant.name', 'children[].registrationNo']))
  const clear: readonly string[] = CLEAR_FIELDS
  expect(held.filter(({ path }) => clear.includes(path.split(/[.[]/)[0] ?? ''))).toEqual([])
})

test('each clear column is declared to hold no personal data', () => {
  const grounds = CLEAR_FIELDS.map((field) => fieldGrounds.get(caseSchema.shape[field])?.item)
  expect(grounds).toEqual(CLEAR_FIELDS.map(() => null))
})

test('a field that this program does not know yet is sealed', () => {
  const { clear, sealed } = splitCase({ ...subject, newField: 'something' } as Case)
  expect(clear).not.toHaveProperty('newField')
  expect(sealed).toHaveProperty('newField', 'something')
})

test('what was split is joined to the same case', () => {
  const { clear, sealed } = splitCase(subject)
  expect(joinCase(clear, sealed)).toEqual(subject)
  expect(Object.keys(clear).sort()).toEqual([...CLEAR_FIELDS].sort())
})
