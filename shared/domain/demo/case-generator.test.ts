import { expect, test } from 'vitest'
import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import { type Case, type CaseRecord, caseRecordSchema } from '#shared/domain/case/case.ts'
import { caseProblems } from '#shared/domain/case/case-problems.ts'
import { CASE_STATES, canMove } from '#shared/domain/case/case-state.ts'
import { dueOnOf } from '#shared/domain/case/due-rules.ts'
import { parseRrn } from '#shared/domain/case/rrn.ts'
import { SERVICE_CODES } from '#shared/domain/case/service.ts'
import { DISTRICTS } from '#shared/domain/district/district.ts'
import { policyInForce } from '#shared/domain/policy/policy-versions.ts'
import { expectOk } from '#shared/foundation/result.ts'
import { createCaseGenerator, demoStaffIds } from './case-generator.ts'
import { HELD_POLICIES } from './held-policies.ts'

const TODAY = '2026-11-23'
const COUNT = 4000
const make = createCaseGenerator({ seed: 42, today: TODAY, count: COUNT })
const records = Array.from({ length: COUNT }, (_, index) => make(index))
const cases = records.map((record) => record.case)

const share = (matches: (subject: Case) => boolean): number => cases.filter(matches).length / COUNT
const failing = (fails: (record: CaseRecord) => boolean): string[] =>
  records.filter(fails).map((record) => record.case.applicationNo)

test('the same seed gives the same cases in whatever order they are asked for, another seed gives others', () => {
  const again = createCaseGenerator({ seed: 42, today: TODAY, count: COUNT })
  for (const index of [3999, 0, 1234, 1234]) expect(again(index)).toEqual(records[index])
  const other = createCaseGenerator({ seed: 43, today: TODAY, count: COUNT })
  expect(other(1234).case.applicant).not.toEqual(cases[1234]?.applicant)
})

test('every case fits the schema of records', () => {
  expect(failing((record) => !caseRecordSchema.safeParse(record).success)).toEqual([])
})

test('every case passes the rules of intake on the day it came in', () => {
  const broken = cases.flatMap((subject) => {
    const policy = expectOk(policyInForce(HELD_POLICIES, subject.appliedOn))
    return caseProblems({ today: subject.appliedOn, policy, policies: HELD_POLICIES }, subject)
  })
  expect(broken).toEqual([])
})

test('every history begins with the application, follows the state machine and ends in the state', () => {
  const wrong = failing(({ case: { history, state, appliedOn } }) => {
    const [first] = history
    if (first?.state !== 'received' || koreanDayOf(first.at) !== appliedOn) return true
    const broken = history.some((step, index) => {
      const before = history[index - 1]
      return before !== undefined && (!canMove(before.state, step.state) || step.at <= before.at)
    })
    return broken || history.at(-1)?.state !== state
  })
  expect(wrong).toEqual([])
})

test('due dates are those of the rule, revisions those of the history, and nothing lies in the future', () => {
  expect(failing((record) => record.case.dueOn !== dueOnOf(record.case))).toEqual([])
  const revised = failing(
    ({ rev, fieldRevs, case: { history } }) => rev !== history.length || (fieldRevs.state ?? 1) !== rev
  )
  expect(revised).toEqual([])
  expect(failing(({ case: { history } }) => history.some((step) => koreanDayOf(step.at) > TODAY))).toEqual([])
})

test('later cases have later days and ids, and the newest are of today', () => {
  const days = cases.map(({ appliedOn }) => appliedOn)
  const ids = cases.map(({ id }) => id)
  expect([days, ids]).toEqual([[...days].sort(), [...ids].sort()])
  expect(new Set(ids).size).toBe(COUNT)
  expect([days[0], days.at(-1)]).toEqual(['2024-01-25', TODAY])
})

test('each 자치구 numbers its cases from 1 every month, without a gap or a double', () => {
  const seen = new Map<string, number>()
  for (const { districtCode, applicationNo } of cases) {
    const [, month = '', rank] = /^(\d{4}-\d{2})-(\d{4,})$/.exec(applicationNo) ?? []
    const key = districtCode + month
    expect(Number(rank)).toBe((seen.get(key) ?? 0) + 1)
    seen.set(key, Number(rank))
  }
})

test('every 자치구, service and state of the programme occurs', () => {
  expect(new Set(cases.map(({ districtCode }) => districtCode)).size).toBe(DISTRICTS.length)
  expect(new Set(cases.map(({ service }) => service)).size).toBe(SERVICE_CODES.length)
  const passed = new Set(cases.flatMap(({ history }) => history.map(({ state }) => state)))
  expect(CASE_STATES.filter((state) => !passed.has(state))).toEqual([])
})

test('chosen 자치구 get all the cases, handled by their own officials', () => {
  const two = createCaseGenerator({ seed: 1, today: TODAY, count: 300, districtCodes: ['11680', '11440'] })
  for (let index = 0; index < 300; index += 1) {
    const { districtCode, history, assigneeId } = two(index).case
    expect(['11680', '11440']).toContain(districtCode)
    for (const { by } of history) expect(demoStaffIds(districtCode)).toContain(by)
    if (assigneeId !== null) expect(demoStaffIds(districtCode)).toContain(assigneeId)
  }
})

test('names are spread as names are: a fifth 김, few of two or four letters, a few in Latin letters', () => {
  const hangul = (pattern: RegExp) => (subject: Case) => pattern.test(subject.applicant.name)
  expect(share(hangul(/^김/))).toBeCloseTo(0.215, 1)
  expect(share(hangul(/^[가-힣]{2}$/))).toBeGreaterThan(0.005)
  expect(share(hangul(/^[가-힣]{2}$/))).toBeLessThan(0.05)
  expect(share(hangul(/^[가-힣]{4,}$/))).toBeLessThan(0.03)
  expect(share(hangul(/^[A-ZÀ-Ü ]+$/))).toBeCloseTo(0.03, 1)
  expect(new Set(cases.map(({ applicant }) => applicant.name)).size).toBeGreaterThan(COUNT / 3)
})

test('names in Latin letters and foreign registration numbers go together', () => {
  const mixed = failing(({ case: { applicant } }) => {
    const parsed = expectOk(parseRrn(applicant.registrationNo))
    return (parsed.kind === 'foreigner') !== /^[A-Z]/.test(applicant.name)
  })
  expect(mixed).toEqual([])
})

test('no number can be that of anybody born before October 2020, and no phone can be rung', () => {
  const people = cases.flatMap(({ applicant, children, helpers, household }) => [
    applicant.registrationNo,
    ...[...children, ...helpers, ...household].flatMap(({ registrationNo }) => registrationNo ?? [])
  ])
  const older = people.map((number) => expectOk(parseRrn(number))).filter(({ birthDate }) => birthDate < '2020-10-05')
  expect(older.filter(({ checkDigit }) => checkDigit === 'fits')).toEqual([])
  expect(older.length).toBeGreaterThan(COUNT)
  const phones = cases.flatMap(({ applicant, helpers }) => [applicant.phone, ...helpers.map(({ phone }) => phone)])
  expect(phones.filter((phone) => !/^010[01]\d{7}$/.test(phone))).toEqual([])
})

test('what needs a consent is held only where it was given', () => {
  expect(share(({ applicant }) => applicant.email !== null)).toBeGreaterThan(0.3)
  const unasked = failing(({ case: { applicant, consents } }) => {
    const given = (id: string) => consents.some((answer) => answer.consentId === id && answer.given)
    return (
      (applicant.email !== null && !given('collect.email')) ||
      (applicant.contactPhone !== null && !given('collect.contactPhone'))
    )
  })
  expect(unasked).toEqual([])
})

test('some open cases are overdue, as in an office, and most old ones are closed', () => {
  expect(share(({ dueOn }) => dueOn !== null && dueOn < TODAY)).toBeGreaterThan(0)
  const old = cases.filter(({ appliedOn }) => appliedOn < '2025-06-01')
  expect(old.filter(({ state }) => state === 'closed').length / old.length).toBeGreaterThan(0.9)
})
