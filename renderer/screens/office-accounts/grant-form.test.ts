import { expect, test } from 'vitest'
import type { AccountEntry } from '#shared/ipc/office-views.ts'
import { approversOf, grantForm, termsOf, wrongGrant } from './grant-form.ts'

const TODAY = '2026-11-26'
const filled = { reason: '인사발령에 따름', approverId: 'x', document: '가족정책과-12' }

test('terms come out of the form as they went in, and a new grant begins today without an end', () => {
  const terms = { startsOn: '2026-01-02', endsOn: '2026-12-31', edits: ['applicant.phone' as const], reveals: [] }
  expect(termsOf(grantForm(terms, TODAY), 'caseworker')).toEqual(terms)
  const none = { startsOn: TODAY, endsOn: null, edits: null, reveals: null }
  expect(termsOf(grantForm(null, TODAY), 'caseworker')).toEqual(none)
  expect(termsOf({ ...grantForm(terms, TODAY), allEdits: true, allReveals: true }, 'caseworker')).toEqual({
    ...{ ...terms, edits: null, reveals: null }
  })
})

test('fields to correct are nothing for a role that corrects none', () => {
  const terms = { startsOn: TODAY, endsOn: null, edits: ['applicant.phone' as const], reveals: null }
  expect(termsOf(grantForm(terms, TODAY), 'supervisor')).toEqual({ ...terms, edits: null })
})

test('a grant needs its grounds, and ends on its first day at the earliest', () => {
  const form = { ...grantForm(null, TODAY), ...filled }
  expect(Object.values(wrongGrant(form))).not.toContain(true)
  expect(Object.values(wrongGrant({ ...form, endsOn: TODAY }))).not.toContain(true)
  expect(wrongGrant({ ...form, endsOn: '2026-11-25' }).endsOn).toBe(true)
  expect(wrongGrant({ ...form, reason: ' 새  ', approverId: '', document: ' ' })).toMatchObject({
    ...{ reason: true, approverId: true, document: true }
  })
})

test('a supervisor or the privacy officer with rights of her own stands behind it, never the account itself', () => {
  const entry = (id: string, role: AccountEntry['role'], disabledAt: string | null = null): AccountEntry => ({
    ...{ id, login: id, displayName: id, department: '과', role, districtCode: '11680', lockedAt: null, disabledAt },
    grant: { startsOn: TODAY, endsOn: null, edits: null, reveals: null }
  })
  const all = [entry('a', 'supervisor'), entry('b', 'privacy_officer'), entry('c', 'caseworker')]
  const left = entry('d', 'supervisor', '2026-01-01T00:00:00.000Z')
  expect(approversOf([...all, left, entry('e', 'administrator')], 'a').map(({ value }) => value)).toEqual(['b'])
})
