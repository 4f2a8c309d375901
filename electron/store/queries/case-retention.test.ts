import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Hold } from '#shared/domain/retention/hold.ts'
import { expectOk, ok } from '#shared/foundation/result.ts'
import type { CaseView } from '#shared/ipc/views.ts'
import { openTestDesk, type TestDesk } from '../testing/test-desk.ts'
import { openCase } from './case-view.ts'

let desk: TestDesk
let caseId: string
beforeEach(() => {
  desk = openTestDesk()
  caseId = desk.register()
})
afterEach(() => desk.close())

const opened = (): CaseView => expectOk(openCase(desk.deps, desk.db, caseId))
const retention = () => {
  const view = opened().retention
  if (view === null) throw new Error('the register is held')
  return view
}
const hold = (args: Partial<Pick<Hold, 'kind' | 'basis' | 'reason' | 'endsOn'>> = {}) =>
  desk.run(
    { name: 'case.hold', args: { kind: 'audit', basis: '공공감사법 20조', reason: '자체감사', endsOn: null, ...args } },
    { caseId }
  )

test('a case says for each part of it on which ground it is held, since when and until when', () => {
  const { parts, completedOn, recordYears } = retention()
  const applicant = parts[0]
  expect(applicant).toMatchObject({
    recipient: null,
    since: '2026-11-20',
    cause: 'term_over',
    until: '2031-11-20',
    recordsUntil: 'open',
    deadline: null,
    state: 'kept'
  })
  expect(applicant?.bases.join(', ')).toContain('사회보장급여의 이용·제공 및 수급권자 발굴에 관한 법률 제7조')
  const consented = parts.filter(({ bases }) => bases.includes('정보주체 동의'))
  expect(consented.flatMap(({ items }) => items).length).toBeGreaterThan(0)
  expect([completedOn, recordYears]).toEqual([null, 5])
})

test('what a withdrawn consent allowed is due at once, by the policy alone, and is shown no more', () => {
  const args = {
    consentId: 'collect.email',
    method: 'phone',
    representative: null,
    evidence: '',
    reason: '전화'
  } as const
  expectOk(desk.run({ name: 'case.withdraw_consent', args }, { caseId }))
  expect(opened().case.applicant.email).toBeNull()
  expect(desk.shown(caseId)?.case.applicant.email).toBe('somi.kang@example.kr')
  const withdrawn = retention().parts.filter(({ cause }) => cause === 'consent_withdrawn')
  expect(withdrawn.map(({ until, recordsUntil, deadline, state }) => [until, recordsUntil, deadline, state])).toEqual([
    ['2026-11-23', null, { keptUntil: '2026-11-23', destroyBy: '2026-11-28' }, 'kept']
  ])
})

test('an open hold keeps every part, stands in the history once, and goes with its release', () => {
  expectOk(hold({ endsOn: '2026-12-31' }))
  const [placed] = opened().case.holds
  expect(placed).toMatchObject({ kind: 'audit', basis: '공공감사법 20조', endsOn: '2026-12-31', release: null })
  const args = { holdId: placed?.id ?? '', reason: '감사 종료' }
  expectOk(desk.run({ name: 'case.release_hold', args }, { caseId }))
  const { timeline } = opened()
  expect(timeline.flatMap((entry) => (entry.type === 'hold' ? [[entry.how, entry.kind, entry.reason]] : []))).toEqual(
    expect.arrayContaining([
      ['placed', 'audit', '자체감사'],
      ['released', 'audit', '감사 종료']
    ])
  )
  expect(timeline.filter((entry) => entry.type === 'access' && /hold/.test(entry.act))).toEqual([])
})

test('names the places of the copies: before the centre has the case it is here alone', () => {
  expect(retention().copies).toEqual([{ place: 'this_pc' }])
  desk.db.write((tx) => {
    tx.run('DELETE FROM confirmed_cases')
    tx.run('DELETE FROM outbox')
    return ok(null)
  })
  const shared = [{ place: 'this_pc' }, { place: 'centre' }, { place: 'other_pcs' }, { place: 'backups' }]
  expect(retention().copies).toEqual(shared)
})

test('without the text of the register nobody here says why a case is held', () => {
  const view = expectOk(openCase({ ...desk.deps, policies: [] }, desk.db, caseId))
  expect(view.retention).toBeNull()
})
