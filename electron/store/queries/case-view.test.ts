import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sampleIntake } from '#shared/domain/demo/sample-intake.ts'
import { err, expectOk, ok } from '#shared/foundation/result.ts'
import type { Unmaskable } from '#shared/ipc/views.ts'
import { verifyChain } from '../access-log/access-log.ts'
import { putCase } from '../db/case-rows.ts'
import { openTestDesk, type TestDesk } from '../testing/test-desk.ts'
import { openCase, previewCaseView } from './case-view.ts'
import { unmaskField } from './case-view-unmask.ts'

let desk: TestDesk
let caseId: string
beforeEach(() => {
  desk = openTestDesk()
  caseId = desk.register()
})
afterEach(() => desk.close())

const NOBODY = '01930000-0000-7000-8000-0000000000ff'
const logged = (): Array<{ act: string; detail: unknown; reason: string | null; caseIds: string[] }> =>
  desk.db.all<{ body: string }>('SELECT body FROM access_log ORDER BY no').map(({ body }) => JSON.parse(body))
const unmask = (field: Unmaskable, index = 0, id = caseId) =>
  unmaskField(desk.deps, desk.db, { caseId: id, field, index, reason: '지급 전 확인' })

describe('a case as it opens', () => {
  test('holds no clear registration number, account or address, and says in the log that it was seen', () => {
    const view = expectOk(openCase(desk.deps, desk.db, caseId))
    const { applicant, children, helpers, household } = sampleIntake()
    const numbers = [applicant, ...children, ...helpers, ...household].map(({ registrationNo }) => registrationNo)
    const secrets = [
      applicant.account?.number ?? '-',
      applicant.address.detail,
      ...numbers.map((number) => number?.slice(7) ?? '-'), // what follows the birth date and the sex
      ...helpers.map(({ phone }) => phone)
    ]
    const text = JSON.stringify(view.case).replaceAll('-', '')
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([])
    expect(view.case.applicant).toMatchObject({
      name: '강소미',
      phone: '01023456789',
      registrationNo: '910412-2******'
    })
    expect(logged().at(-1)).toMatchObject({ act: 'view', caseIds: [caseId], detail: { shown: 'case' } })
  })

  test('beside the list shows not even the name in full, and counts as seen too', () => {
    const view = expectOk(previewCaseView(desk.deps, desk.db, caseId))
    expect(view.case.applicant).toMatchObject({ name: '강*미', phone: '010-****-6789' })
    expect(JSON.stringify(view)).not.toContain('강소미')
    expect(logged().at(-1)).toMatchObject({ act: 'view', detail: { shown: 'preview' } })
  })

  test('is not found when it is not there, and then nothing is recorded', () => {
    const before = logged()
    expect(openCase(desk.deps, desk.db, NOBODY)).toEqual(err({ type: 'CaseNotFound' }))
    expect(unmask('applicant.account', 0, NOBODY)).toEqual(err({ type: 'CaseNotFound' }))
    expect(logged()).toEqual(before)
  })

  test('says which of its fields wait to be sent', () => {
    expectOk(desk.correct(caseId, 'applicant.phone', '01011112222'))
    expectOk(desk.correct(caseId, 'applicant.phone', '01033334444'))
    expectOk(desk.move(caseId, 'investigating'))
    const view = expectOk(openCase(desk.deps, desk.db, caseId))
    expect(view.waiting).toBe(true)
    expect(view.waitingFields).toEqual(['applicant.phone', 'state'])
  })

  test('tells each correction once, whoever made it, and hands out no value that a conflict holds', () => {
    expectOk(desk.correct(caseId, 'applicant.phone', '01011112222'))
    const before = desk.shown(caseId)
    if (before === undefined) throw new Error('the case is there')
    const by = desk.actor.id
    const side = { by, at: '2026-11-23T03:00:00.000Z', reason: '' }
    const conflict = {
      id: 'x',
      field: 'applicant.name' as const,
      theirs: { ...side, value: '강소미' },
      mine: { ...side, value: '강느티나무', commandId: by },
      openedAt: side.at,
      rev: 3
    }
    const record = { ...before, case: { ...before.case, conflicts: [conflict] } }
    desk.db.write((tx) => ok(putCase(tx, record, { waiting: false })))
    const view = expectOk(openCase(desk.deps, desk.db, caseId))
    const edits = view.timeline.filter(({ type }) => type === 'edit')
    expect(edits.map((entry) => entry.type === 'edit' && [entry.how, ...entry.fields])).toEqual([
      ['open', 'applicant.name'],
      ['plain', 'applicant.phone']
    ])
    expect(view.timeline.filter((entry) => entry.type === 'access' && entry.act === 'correct')).toEqual([])
    expect(view.conflicts).toEqual([{ conflictId: 'x', field: 'applicant.name' }])
    expect(JSON.stringify(view)).not.toContain('느티나무')
  })

  test('tells its history together with who looked at what, the newest first', () => {
    expectOk(unmask('applicant.account'))
    expectOk(desk.move(caseId, 'investigating'))
    const { timeline } = expectOk(openCase(desk.deps, desk.db, caseId))
    const told = timeline.map((entry) => {
      if (entry.type === 'edit') return [entry.how, ...entry.fields]
      if (entry.type === 'hold') return [entry.how, entry.reason]
      return entry.type === 'state' ? entry.state : [entry.act, entry.field]
    })
    expect(told).toEqual(
      expect.arrayContaining([
        'received',
        'investigating',
        ['register', null],
        ['unmask', 'applicant.account'],
        ['move', null]
      ])
    )
    expect(timeline.map(({ at }) => at)).toEqual(
      timeline
        .map(({ at }) => at)
        .sort()
        .reverse()
    )
  })
})

test('one field shows in clear, and the log keeps whose, which and why, but never the value', () => {
  const shown: Array<[Unmaskable, string]> = [
    ['applicant.registrationNo', '910412-2345675'],
    ['applicant.account', '110234567890'],
    ['applicant.address', '(06234) 서울특별시 강남구 테헤란로 125-3, 2동 803호 (역삼동, 늘봄아파트)'],
    ['child.registrationNo', '240615-4726183'],
    ['helper.registrationNo', '580309-2134567'],
    ['helper.phone', '010-9876-5432'],
    ['household.registrationNo', '891105-1023451']
  ]
  expect(shown.map(([field]) => unmask(field))).toEqual(shown.map(([, text]) => ok({ text })))
  const entries = logged().filter(({ act }) => act === 'unmask')
  expect(entries).toMatchObject(
    shown.map(([field]) => ({ caseIds: [caseId], detail: { field, index: 0 }, reason: '지급 전 확인' }))
  )
  expect(shown.filter(([, text]) => JSON.stringify(entries).includes(text))).toEqual([])
  expect(unmask('child.registrationNo', 3)).toEqual(err({ type: 'CaseNotFound' }))
  expectOk(verifyChain(desk.db, desk.deps))
})
