import { expect, test } from 'vitest'
import { ROLES, type Role } from '#shared/domain/account/account.ts'
import { type CaseRecord, caseRecordSchema } from '#shared/domain/case/case.ts'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import { HELD_POLICIES } from '#shared/domain/demo/held-policies.ts'
import { type Hold, isOpenHold, MOST_HOLDS } from '#shared/domain/retention/hold.ts'
import { expectOk } from '#shared/foundation/result.ts'
import { applyChanges } from './change.ts'
import type { Command, Intent } from './command.ts'
import { decide } from './decide.ts'

const uuid = (n: number): string => `01935a00-0000-7000-8000-${String(n).padStart(12, '0')}`
const [KIM, LEE] = [uuid(10), uuid(11)]
const ISSUED_AT = '2026-11-23T02:00:00.000Z'

const recordOf = createCaseGenerator({ seed: 5, districtCodes: ['11680'], today: '2026-11-20', count: 10 })
const RECORD: CaseRecord = caseRecordSchema.parse(recordOf(3))

const command = (intent: Intent, { id, by }: { id: string; by: string }): Command => ({
  id,
  caseId: RECORD.case.id,
  base: {},
  issuedAt: ISSUED_AT,
  issuedBy: by,
  deviceId: uuid(20),
  deviceSeq: 1,
  ...intent
})
const hold = (over: { endsOn?: string | null; basis?: string; reason?: string } = {}): Intent => ({
  name: 'case.hold',
  args: { kind: 'objection', basis: '사회보장급여법 17조', reason: '이의신청 접수', endsOn: null, ...over }
})
const release = (holdId: string, reason = '이의신청 기각 확정'): Intent => ({
  name: 'case.release_hold',
  args: { holdId, reason }
})

function act(record: CaseRecord, intent: Intent, { id = uuid(1), by = KIM, role = 'caseworker' as Role } = {}) {
  const actor = { id: by, role, districtCode: '11680' }
  const deps = { actor, policies: HELD_POLICIES, applicationNo: '', onOvertaken: 'refuse' as const }
  return decide(deps, record, command(intent, { id, by }))
}
const after = (record: CaseRecord, intent: Intent, as: Parameters<typeof act>[2] = {}): CaseRecord =>
  caseRecordSchema.parse(applyChanges(record, expectOk(act(record, intent, as))))
const refusal = (record: CaseRecord, intent: Intent, as: Parameters<typeof act>[2] = {}) => {
  const decided = act(record, intent, as)
  return decided.ok ? null : decided.error
}

const PLACED: Hold = {
  id: uuid(1),
  kind: 'objection',
  basis: '사회보장급여법 17조',
  reason: '이의신청 접수',
  endsOn: null,
  placedBy: KIM,
  placedAt: ISSUED_AT,
  release: null
}

test('a hold stands in the case with kind, law, reason and author, and goes with its release', () => {
  const held = after(RECORD, hold())
  expect(held).toEqual({ ...RECORD, rev: RECORD.rev + 1, case: { ...RECORD.case, holds: [PLACED] } })
  const freed = after(held, release(PLACED.id), { by: LEE, role: 'supervisor' })
  expect(freed.case.holds).toEqual([{ ...PLACED, release: { by: LEE, at: ISSUED_AT, reason: '이의신청 기각 확정' } }])
  expect([held, freed].map(({ case: { holds } }) => holds.map((one) => isOpenHold(one, '2026-11-24')))).toEqual([
    [true],
    [false]
  ])
})

test('several people hold a case for reasons of their own, and each hold is released by itself', () => {
  const two = after(after(RECORD, hold()), hold({ reason: '감사 자료' }), { id: uuid(2), by: LEE, role: 'supervisor' })
  const one = after(two, release(uuid(1)))
  expect(one.case.holds.map(({ id, release: end }) => [id, end === null])).toEqual([
    [uuid(1), false],
    [uuid(2), true]
  ])
})

test('placed again or released again, nothing changes: the command came twice, or a colleague was faster', () => {
  const held = after(RECORD, hold())
  const freed = after(held, release(PLACED.id))
  expect(act(held, hold())).toEqual({ ok: true, value: [] })
  expect(act(freed, release(PLACED.id), { by: LEE })).toEqual({ ok: true, value: [] })
})

test('a hold without reason, law or an end to come is refused, and so is the release of none', () => {
  expect([
    refusal(RECORD, hold({ reason: '' })),
    refusal(RECORD, hold({ basis: '' })),
    refusal(RECORD, hold({ endsOn: '2026-11-22' })),
    refusal(RECORD, hold({ endsOn: '2026-11-23' })),
    refusal(RECORD, release(uuid(9))),
    refusal(after(RECORD, hold()), release(PLACED.id, ''))
  ]).toEqual([
    { type: 'ReasonMissing' },
    { type: 'ReasonMissing' },
    { type: 'DateInPast' },
    null,
    { type: 'HoldNotFound' },
    { type: 'ReasonMissing' }
  ])
  const full = { ...RECORD, case: { ...RECORD.case, holds: Array(MOST_HOLDS).fill(PLACED) } }
  expect(refusal(full, hold(), { id: uuid(2) })).toEqual({ type: 'TooManyHolds' })
})

test('caseworkers, supervisors and the privacy officer hold cases of their district, and nobody else', () => {
  expect(ROLES.map((role) => [role, refusal(RECORD, hold(), { role })?.type ?? null])).toEqual([
    ['caseworker', null],
    ['privacy_officer', null],
    ['supervisor', null],
    ['administrator', 'RoleNotAllowed']
  ])
  const elsewhere = { ...RECORD, case: { ...RECORD.case, districtCode: '11440' } }
  expect(refusal(elsewhere, hold())).toEqual({ type: 'CaseNotFound' })
})
