import { expect, test } from 'vitest'
import { z } from 'zod'
import { HELD_POLICIES } from '#shared/domain/demo/held-policies.ts'
import { itemById } from '#shared/domain/policy/policy-items.ts'
import { policyInForce } from '#shared/domain/policy/policy-versions.ts'
import { expectOk } from '#shared/foundation/result.ts'
import { caseSchema } from './case.ts'
import { administrative, held } from './held.ts'
import { schemaGrounds } from './schema-grounds.ts'

const inForce = expectOk(policyInForce(HELD_POLICIES, '2026-11-23'))
const leaves = schemaGrounds(caseSchema)

const ungrounded = (schema: z.ZodType): string[] =>
  schemaGrounds(schema)
    .filter(({ ground }) => ground === null)
    .map(({ path }) => path)

test('every field of a case names the policy item that allows it or says why it is bookkeeping', () => {
  expect(ungrounded(caseSchema)).toEqual([])
})

test('the walk reaches every part of a case, lists and optional parts included', () => {
  const paths = leaves.map(({ path }) => path)
  expect(paths).toEqual(
    expect.arrayContaining([
      'applicant.address.postcode',
      'applicant.income.monthlyWon',
      'applicant.account.number',
      'children[].registrationNo',
      'helpers[].relation',
      'household[].birthDate',
      'consents[].given',
      'history[].reason'
    ])
  )
  expect(new Set(paths).size).toBe(paths.length)
})

test('a value that waits in a conflict is held under the item of the field that it is meant for', () => {
  const account = leaves.filter(({ path }) => /^conflicts\[\]\(\d+\)\.mine\.value\.number$/.test(path))
  const own = leaves.find(({ path }) => path === 'applicant.account.number')
  expect(account.map(({ ground }) => ground)).toEqual([own?.ground])
  const closed = leaves.filter(({ path }) => /^edits\[\]\.closed\[\]\.conflict\(\d+\)\.theirs\.value/.test(path))
  expect(closed.flatMap(({ ground }) => ground?.item ?? [])).toContain('application.applicant.rrn')
})

test('every item that a field is held under is allowed by the register in force, for the application file', () => {
  const items = [...new Set(leaves.flatMap(({ ground }) => (ground?.item == null ? [] : [ground.item])))]
  expect(items.filter((item) => !itemById(inForce, item).ok)).toEqual([])
  expect(items.filter((item) => !item.startsWith('application.'))).toEqual([])
})

test('every bookkeeping field gives a reason', () => {
  const reasons = leaves.flatMap(({ ground }) => (ground?.item === null ? [ground.administrative] : []))
  expect(reasons.filter((reason) => reason.trim().length < 5)).toEqual([])
})

test('a field without a ground is found, however deep it stands', () => {
  const text = () => z.string()
  const schema = z.object({
    name: held('application.child.name', text()),
    nickname: text(),
    pets: z.array(z.object({ no: administrative('a running number', z.int()), breed: text().nullable() })),
    note: z.object({ body: text().optional() }).nullable()
  })
  expect(ungrounded(schema)).toEqual(['nickname', 'pets[].breed', 'note.body'])
})

test('two fields of one kind of value keep each its own ground', () => {
  const groundOf = (path: string) => leaves.find((leaf) => leaf.path === path)?.ground?.item
  expect(groundOf('appliedOn')).toBeNull()
  expect(groundOf('children[].birthDate')).toBe('application.child.birthDate')
  expect(groundOf('household[].birthDate')).toBe('application.household.birthDate')
  expect(groundOf('children[].sex')).toBe('application.child.sex')
})
